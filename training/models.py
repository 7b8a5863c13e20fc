"""Courses of training centres: seats, who takes part, and skills that they have verified."""
