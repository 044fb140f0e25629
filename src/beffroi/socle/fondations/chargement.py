"""Charger le logiciel sans chercher de déchets parmi ce qu'il garde.

Ses modules font naître deux millions d'objets qui vivront autant que lui. Le ramasse-miettes les
relirait tous, palier après palier, pendant le dixième du démarrage, puis à chaque grand ramassage.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.forms.renderers import get_default_renderer
from django.template import Engine
from django.template.loader import get_template
from django.urls import get_resolver
from django.utils.formats import get_format
from django.utils.module_loading import import_string

LA_MAISON = "beffroi."


@contextmanager
def sans_ramassage() -> Iterator[None]:
    """Ce qui naît ici ne sera plus jamais relu par le ramasse-miettes.

    Une fois : le logiciel chargé, ce qui naît encore n'est pas fait pour durer.
    """
    if apps.ready:
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def tout_charger() -> None:
    """Avant de servir : la première page ne paie pas ce que la dixième trouve déjà là."""
    get_resolver().reverse_dict  # noqa: B018  lire les noms, c'est lire toutes les adresses
    for adaptateur in settings.ADAPTATEURS.values():
        # Ceux de la démonstration ne servent qu'à l'école, qui les charge elle-même.
        if adaptateur.startswith(LA_MAISON):
            import_string(adaptateur)
    for gabarit in gabarits_des_pages():
        get_template(gabarit)
    Engine.get_default().template_context_processors  # noqa: B018  de même, ce qui les accompagne
    get_default_renderer()
    get_format("DATE_FORMAT")
    # Un quart de million d'objets de plus, qui dureront eux aussi : les relire arrêterait tous les
    # fils un quart de seconde, toutes les vingt secondes et au milieu d'une affluence.
    gc.collect()
    gc.freeze()


def gabarits_des_pages() -> Iterator[str]:
    """Les nôtres ; ceux des bibliothèques que nos pages étendent se lisent avec elles."""
    for application in apps.get_app_configs():
        if application.name.startswith(LA_MAISON):
            dossier = Path(application.path) / "templates"
            yield from (str(page.relative_to(dossier)) for page in sorted(dossier.rglob("*.html")))
