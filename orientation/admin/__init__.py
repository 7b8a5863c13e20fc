from orientation.admin import audio, certificates, courses, facts

__all__ = ["audio", "certificates", "courses", "facts"]
