from orientation.admin import certificates, courses, facts

__all__ = ["certificates", "courses", "facts"]
