"""Everything that a process must know before it can start: read once from the environment, immutable, passed down.

One small group a subject. What may change while a process runs is not here: that is configuration, another matter.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, cast

from pydantic import BeforeValidator, Field, SecretStr
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from .catalogue import Language


def default_data_folder() -> Path:
    """``$XDG_DATA_HOME/looma``, usually ``~/.local/share/looma``."""
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "looma"


class _Group(BaseSettings):
    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True)


def _from_json(told: Any) -> Any:
    try:
        return json.loads(told) if isinstance(told, str) else told
    except ValueError as bad:
        raise PydanticCustomError("json_object", "has to be a JSON object") from bad


def _in_full(told: Any) -> Any:
    return "zh-CN" if told == "zh" else told


Port = Annotated[int, Field(ge=0, le=65535)]
"""A TCP port; 0 takes a free one."""


class StoreSettings(_Group):
    """Where data lives. A store whose address is not set runs embedded in this process."""

    data: Path = Field(
        default_factory=default_data_folder,
        validation_alias="LOOMA_DATA",
        description="Folder of the embedded stores (default: ~/.local/share/looma)",
    )
    postgres_url: SecretStr | None = Field(
        None,
        validation_alias="POSTGRES_URL",
        description="Records in PostgreSQL instead of SQLite; needs looma[postgres]",
    )
    prefix: str = Field(
        "looma",
        pattern=r"^[a-z][a-z0-9_]{0,30}$",
        validation_alias="LOOMA_STORE_PREFIX",
        description="What everything in shared servers is named by; in PostgreSQL, the schema",
    )
    elasticsearch_url: SecretStr | None = Field(
        None,
        validation_alias="ELASTICSEARCH_URL",
        description=(
            "Full text in Elasticsearch (8 or later) or OpenSearch (2 or later) instead of tantivy: "
            "https://user:password@host:9200?prefix=looma&ca=/path/of/ca.pem"
        ),
    )
    weaviate_url: SecretStr | None = Field(
        None, validation_alias="WEAVIATE_URL", description="Vectors in Weaviate instead of FAISS (not in this build)"
    )
    neo4j_url: SecretStr | None = Field(
        None, validation_alias="NEO4J_URL", description="Relationships in Neo4j instead of SQLite (not in this build)"
    )


class HttpSettings(_Group):
    """How services are reached."""

    host: Literal["127.0.0.1", "::1", "localhost"] = Field(
        "127.0.0.1",
        validation_alias="LOOMA_HOST",
        description="Address to listen on: the loopback; a proxy with TLS reaches it from elsewhere",
    )
    ports: Annotated[dict[str, Port], NoDecode, BeforeValidator(_from_json)] = Field(
        {}, validation_alias="LOOMA_PORTS", description='Ports by service, JSON: {"looma-crm": 9000}'
    )
    peers: Annotated[dict[str, str], NoDecode, BeforeValidator(_from_json)] = Field(
        {},
        validation_alias="LOOMA_PEERS",
        description='Addresses of services in other processes, JSON: {"resume-service": "http://127.0.0.1:8207"}',
    )
    peer_key: SecretStr | None = Field(
        None,
        validation_alias="LOOMA_PEER_KEY",
        description="Secret that signs calls between services (default: made at first start, in the data folder)",
    )
    timeout_s: float = Field(
        60.0, gt=0, validation_alias="LOOMA_REQUEST_TIMEOUT_S", description="Longest time for one request, seconds"
    )
    body_mb: int = Field(32, ge=1, le=1024, validation_alias="LOOMA_BODY_MB", description="Largest request body, MB")


class SignInSettings(_Group):
    """Who may come in."""

    admin_password: Annotated[SecretStr, Field(min_length=8, max_length=200)] | None = Field(
        None,
        validation_alias="LOOMA_ADMIN_PASSWORD",
        description="Password of the first administrator, at first start only (default: generated and shown once)",
    )
    token_s: int = Field(
        8 * 3600,
        ge=60,
        le=30 * 86400,
        validation_alias="LOOMA_TOKEN_S",
        description="Seconds that a sign-in lasts",
    )


class LogSettings(_Group):
    """What is written to standard error."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", validation_alias="LOOMA_LOG_LEVEL", description="Lowest level that is logged"
    )
    format: Literal["json", "text"] = Field(
        "json", validation_alias="LOOMA_LOG_FORMAT", description="One JSON object a line, or text"
    )


class ReadingSettings(_Group):
    """The worker processes that read documents."""

    workers: int = Field(1, ge=1, le=64, validation_alias="LOOMA_WORKERS", description="Worker processes, at most")
    memory_mb: int = Field(
        1024, ge=256, validation_alias="LOOMA_WORKER_MEMORY_MB", description="Memory limit of a worker, MB"
    )
    timeout_s: float = Field(
        30.0, gt=0, validation_alias="LOOMA_READING_TIMEOUT_S", description="Longest time to read one document, seconds"
    )


class ModelSettings(_Group):
    """Models."""

    embedder: Literal["use", "off"] = Field(
        "use",
        validation_alias="LOOMA_EMBEDDER",
        description="Sentence embeddings: use (multilingual, in this process) or off",
    )


class Settings(_Group):
    """All settings."""

    stores: StoreSettings = Field(default_factory=lambda: StoreSettings())
    http: HttpSettings = Field(default_factory=lambda: HttpSettings())
    sign_in: SignInSettings = Field(default_factory=lambda: SignInSettings())
    log: LogSettings = Field(default_factory=lambda: LogSettings())
    reading: ReadingSettings = Field(default_factory=lambda: ReadingSettings())
    models: ModelSettings = Field(default_factory=lambda: ModelSettings())
    language: Annotated[Language | None, BeforeValidator(_in_full)] = Field(
        None,
        validation_alias="LOOMA_LANGUAGE",
        description="Language of the command line: zh-CN or en (default: the locale's)",
    )


def described() -> Iterator[tuple[str, str, str, str]]:
    """Every setting as (group, variable, default as text, description)."""
    for name, field in Settings.model_fields.items():
        group = field.annotation
        if isinstance(group, type) and issubclass(group, _Group):
            for member in group.model_fields.values():
                yield name, str(member.validation_alias), _shown(member), str(member.description)
        else:
            yield "general", str(field.validation_alias), _shown(field), str(field.description)


def _shown(field: Any) -> str:
    if field.default_factory is not None or field.default is None:
        return ""
    return "" if field.default == {} else str(cast("object", field.default))


def env_example() -> str:
    """The content of ``.env.example``."""
    lines = [
        "# Settings of Looma with their defaults. Generated by `looma settings --format env`; do not edit by hand."
    ]
    seen = ""
    for group, variable, default, description in sorted(described(), key=lambda row: (row[0] != "stores", row[0])):
        if group != seen:
            lines += ["", f"# {group}"]
            seen = group
        lines += [f"# {description}", f"# {variable}={default}"]
    return "\n".join(lines) + "\n"


def reference_page() -> str:
    """The content of ``docs/reference/settings.md``."""
    rows = [f"| `{v}` | {f'`{d}`' if d else ''} | {text} |" for _, v, d, text in described()]
    return "\n".join(
        [
            "# Settings",
            "",
            "Read from the environment when a process starts. Generated by `looma settings --format markdown`.",
            "",
            "| variable | default | meaning |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )
