"""What a reader of a lesson says aloud, the words of its page with facts as they are today, and whether the recording says that."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from orientation.freeze import lesson_texts
from orientation.markup import plain_lines
from orientation.models import EditionPage, LessonAudio
from orientation.reading import FactBox, fill


def transcript(page: EditionPage, facts: dict[str, FactBox]) -> str:
    """One thing a line, for all corridors. `facts` are those that the page names, in its language: of `read_facts()`."""
    content = page.content
    said = [page.title, *lesson_texts(content)]
    shown = [facts[code] for code in content["facts"] if code in facts]
    said += [f"{box.title}: {box.value}" if box.value else box.title for box in shown]
    return "\n".join(line for text in said for line in plain_lines(fill(text, facts)))


@dataclass(frozen=True, slots=True)
class Recording:
    """As a page offers it. Not `is_current`: the page says something else by now."""

    uid: UUID
    is_machine: bool
    is_current: bool
    seconds: int
    size: int

    @property
    def length(self) -> str:
        return f"{self.seconds // 60}:{self.seconds % 60:02}"

    @property
    def kilobytes(self) -> int:
        return -(-self.size // 1024)


def recording_of(page: Any, facts: dict[str, FactBox]) -> Recording | None:
    """`page.recording` is of `recording_of_page()`. Most pages have none, and cost nothing."""
    found = page.recording
    if found is None:
        return None
    machine = found["voice"] == LessonAudio.Voice.MACHINE
    return Recording(UUID(found["uid"]), machine, found["transcript"] == transcript(page, facts), found["seconds"], found["size"])
