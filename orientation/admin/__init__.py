from orientation.admin import audio, centres, certificates, courses, facts, feedback, news, search

__all__ = ["audio", "centres", "certificates", "courses", "facts", "feedback", "news", "search"]
