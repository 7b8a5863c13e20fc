from orientation.admin import audio, certificates, courses, facts, feedback, news, search

__all__ = ["audio", "certificates", "courses", "facts", "feedback", "news", "search"]
