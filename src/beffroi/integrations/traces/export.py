"""Où partent les traces : un collecteur OTLP, par HTTP, hors des demandes."""

from functools import cache

from django.conf import settings
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Tracer

from beffroi.socle.fondations.version import numero_de_version

NOM = "beffroi"
DELAI_S = 10


@cache
def fournisseur() -> TracerProvider:
    """Né dans le processus qui sert : son fil d'envoi ne passerait pas à une copie."""
    # Rien de la machine : ni son nom, ni ses processus.
    ressource = Resource({"service.name": NOM, "service.version": numero_de_version()})
    neuf = TracerProvider(resource=ressource)
    envoi = OTLPSpanExporter(endpoint=settings.TRACES["adresse"], timeout=DELAI_S)
    neuf.add_span_processor(BatchSpanProcessor(envoi))
    return neuf


def traceur() -> Tracer:
    return fournisseur().get_tracer(NOM)
