"""Sound files: whatever an editor sends or a voice speaks becomes a small MP3, which every phone plays."""

import io
from typing import NamedTuple

import numpy as np
import soundfile

LONGEST = 15 * 60  # seconds
LARGEST = 60 * 1024 * 1024  # bytes: a quarter of an hour of uncompressed speech
RATES = (8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000)  # those of MP3
SMALL = 0.9  # libsndfile's level: 24 kbit a second at 22 050 frames


class NotSound(ValueError):
    """The message says to an editor what to do."""


class Sound(NamedTuple):
    mp3: bytes
    seconds: int


def as_mp3(data: bytes) -> Sound:
    """`data` (WAV, FLAC, OGG or MP3) as a mono MP3 for speech. Raises `NotSound`."""
    if len(data) > LARGEST:
        raise NotSound("The file is larger than 60 MB. Save the recording as MP3 or FLAC.")
    try:
        with soundfile.SoundFile(io.BytesIO(data)) as sound:
            if sound.samplerate not in RATES:
                raise NotSound(f"The sound has {sound.samplerate} frames a second. Save it with 22050 or 44100.")
            if sound.channels > 2:
                raise NotSound("The sound has more than two channels. Save it as mono.")
            if sound.frames > LONGEST * sound.samplerate:
                raise NotSound("The sound is longer than 15 minutes: a lesson takes about three.")
            frames, rate = sound.read(dtype="float32", always_2d=True), sound.samplerate
    except soundfile.SoundFileError as why:
        raise NotSound("This is no sound file that Safar can read. Save the recording as MP3, WAV, FLAC or OGG.") from why
    if rate > 24000 and rate % 2 == 0:  # speech has little above 11 kHz
        frames, rate = frames[: len(frames) // 2 * 2].reshape(-1, 2, frames.shape[1]).mean(axis=1), rate // 2
    mono = frames.mean(axis=1)
    if not np.any(np.abs(mono) > 0.001):
        raise NotSound("There is nothing to hear in this file.")
    whole = io.BytesIO()
    soundfile.write(whole, mono, rate, format="MP3", subtype="MPEG_LAYER_III", compression_level=SMALL, bitrate_mode="CONSTANT")
    return Sound(whole.getvalue(), max(1, round(len(mono) / rate)))
