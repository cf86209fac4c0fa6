"""What each function's bundle carries: which wheels, what is left out of them, and which of our folders.

The lists name distributions of requirements.lock. tests/contract/test_bundles.py imports every bundle with nothing else
on the path, so that a forgotten one can't hide behind what the emulator happens to have.
"""

from __future__ import annotations

from dataclasses import dataclass

SDK = ("boto3", "botocore", "s3transfer", "jmespath", "python-dateutil", "six", "urllib3")
POWERTOOLS = ("aws-lambda-powertools", "typing-extensions")
SETTINGS = (
    "pydantic-settings", "pydantic", "pydantic-core", "annotated-types", "typing-inspection", "python-dotenv",
)  # fmt: skip
SEALING = ("cryptography", "cffi", "pycparser")
WEB = ("chalice",)
TOKENS = ("oauthlib", "pyjwt")
PAGES = ("jinja2", "markupsafe")
READERS = ("defusedxml", "selectolax", "zstandard")
SCORING = ("langdetect-rs", "phonenumbers", "selectolax", "defusedxml", "onnxruntime", "sentencepiece", "numpy")

ZONES = ("tzdata",)
"""The runtime's own table of time zones is nothing that AWS promises."""

_BASE = (*SDK, *POWERTOOLS, *SETTINGS)


@dataclass(frozen=True, slots=True)
class Bundle:
    """One function: `functions/{name}/` with the wheels named here and the `screening` folders it imports."""

    name: str
    wheels: tuple[str, ...]

    @property
    def scores(self) -> bool:
        return set(SCORING) <= set(self.wheels)


BUNDLES = (
    Bundle("api", (*_BASE, *SEALING, *WEB, *READERS, *PAGES)),
    Bundle("public", (*_BASE, *SEALING, *WEB)),
    Bundle("console", (*_BASE, *SEALING, *WEB, *TOKENS, *PAGES, "phonenumbers")),  # a number that is looked up
    Bundle("intake", (*_BASE, *SEALING, *READERS)),
    Bundle("screen", (*_BASE, *SEALING, *SCORING)),
    Bundle("review", _BASE),
    Bundle("refer", (*_BASE, *SEALING)),
    Bundle("sweep", (*_BASE, *ZONES)),
    Bundle("daily", (*_BASE, *SEALING)),
    Bundle("rescore", (*_BASE, *SEALING, *SCORING)),
)

AWS_SERVICES = frozenset(
    {"cognito-idp", "dynamodb", "events", "kms", "s3", "secretsmanager", "sns", "sqs", "translate"}
)
"""Those of botocore's 400 service models that the adapters call."""

LEFT_OUT = (
    "*/__pycache__/*", "bin/*", "*.dist-info/*", "*/tests/*", "*/test/*", "*.pyi", "*/py.typed",
    "chalice/[!a_]*", "chalice/a[!p]*", "chalice/*/*",  # the runtime is app.py and __init__.py; the rest is its CLI
    "boto3/examples/*", "s3transfer/crt.py",
    "phonenumbers/geodata/*", "phonenumbers/carrierdata/*", "phonenumbers/tzdata/*",
    "zstandard/_cffi*", "zstandard/backend_cffi.py", "aws_lambda_powertools/event_handler/openapi/swagger_ui/*",
    "onnxruntime/tools/*", "onnxruntime/transformers/*", "onnxruntime/quantization/*", "onnxruntime/datasets/*",
    "onnxruntime/capi/libonnxruntime.so*",  # for programs in C; the extension module holds its own
    "numpy/random/*", "numpy/polynomial/*",
    "numpy/f2py/*", "numpy/_core/include/*", "numpy/_core/lib/*", "numpy/typing/*", "numpy/testing/*", "numpy/distutils/*",
    "pycparser/*.cfg", "*/_cparser.c", "*.c", "*.h", "*.pyx", "*.pxd",
)  # fmt: skip
"""Patterns (fnmatch, over the path inside the installed wheels) of what no function needs."""

SCORING_DATA = (
    "screening/rules/rules.bin", "screening/text/*.json", "screening/classifier/classifier.model",
)  # fmt: skip
"""Patterns of what scoring alone reads, some 60 MB: left out where nothing is scored."""

SCREENING_LEFT_OUT = ("cli", "training")
"""Folders of `screening` that are never deployed; nor is `screening/aws/local`."""


def wanted(path: str) -> bool:
    """Whether a file of botocore's data belongs to a service in use. Other files: yes."""
    parts = path.split("/")
    if parts[:2] != ["botocore", "data"] or len(parts) == 3:
        return True
    return parts[2] in AWS_SERVICES
