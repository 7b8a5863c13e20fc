"""A program: reads UTF-8 text, writes a WAV file, by espeak-ng. `python orientation/audio/voice.py ky < text > sound.wav`

It runs on its own, because espeak-ng is licensed otherwise than Safar, and because it holds its state in globals.
The C functions are those of espeak-ng's speak_lib.h.
"""

import ctypes
import io
import sys
import wave

import espeakng_loader

RETRIEVAL, UTF8, WORDS_A_MINUTE, RATE = 1, 1, 1, 140
SynthCallback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


def speak(text: str, language: str) -> bytes:
    """16-bit mono. Raises LookupError where espeak-ng has no voice for the language."""
    engine = espeakng_loader.load_library()
    frames_a_second = engine.espeak_Initialize(RETRIEVAL, 500, espeakng_loader.get_data_path().encode(), 0)
    if engine.espeak_SetVoiceByName(language.encode()) != 0:
        raise LookupError(language)
    engine.espeak_SetParameter(WORDS_A_MINUTE, RATE, 0)
    found = io.BytesIO()

    @SynthCallback  # type: ignore[untyped-decorator]  # ctypes makes it while it runs
    def take(samples: "ctypes._Pointer[ctypes.c_short]", count: int, events: int) -> int:
        if samples and count:
            found.write(ctypes.string_at(samples, count * 2))
        return 0

    engine.espeak_SetSynthCallback(take)
    data = text.encode() + b"\0"
    engine.espeak_Synth(data, ctypes.c_size_t(len(data)), 0, 0, 0, UTF8, None, None)
    engine.espeak_Synchronize()
    whole = io.BytesIO()
    with wave.open(whole, "wb") as sound:
        sound.setparams((1, 2, frames_a_second, 0, "NONE", ""))
        sound.writeframes(found.getvalue())
    return whole.getvalue()


if __name__ == "__main__":
    try:
        sys.stdout.buffer.write(speak(sys.stdin.buffer.read().decode(), sys.argv[1]))
    except LookupError as unknown:
        sys.exit(f"espeak-ng has no voice for {unknown}")
