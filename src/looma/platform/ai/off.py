"""No model at all: whoever asks is told so in words."""

from collections.abc import Sequence

from ..errors import Unavailable
from . import Vectors


class EmbedderOff(Unavailable):
    """Embeddings are switched off by a setting."""

    code = "models.embedder_off"


class NoEmbedder:
    """An embedder that is switched off."""

    model = "off"
    dimensions = 512

    async def embed(self, texts: Sequence[str]) -> Vectors:
        raise EmbedderOff(setting="LOOMA_EMBEDDER")

    def close(self) -> None:
        """Nothing to end."""
