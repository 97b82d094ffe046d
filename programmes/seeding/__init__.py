"""The transcription in `fixtures/`, read into an empty database."""
