"""Ce que l'écran d'une demande montre à l'agent du centre."""

from datetime import datetime
from typing import Any

from beffroi.assistance import queries
from beffroi.assistance.forms import FusionForm, NoteForm, RangerForm, ReponseForm
from beffroi.assistance.models import Demande
from beffroi.assistance.rules.delais import est_urgente


def demande(
    lue: Demande,
    *,
    le: datetime,
    form: ReponseForm | None = None,
    note: NoteForm | None = None,
    rangement: RangerForm | None = None,
    fusion: FusionForm | None = None,
) -> dict[str, Any]:
    """La demande, son échange, les formulaires : ceux qui reviennent refusés gardent leur saisie."""
    autres = queries.de_la_meme_personne(lue)
    return {
        "demande": lue,
        "urgente": est_urgente(lue.limite, le=le),
        "en_retard": lue.en_retard(le),
        "fil": queries.fil(lue, au_centre=True),
        "form": form or ReponseForm(),
        "note": note or NoteForm(auto_id="note_%s"),
        "rangement": rangement or RangerForm(initial={"categorie": lue.categorie, "objet": lue.objet}),
        "fusion": fusion or (FusionForm(autres=autres) if autres else None),
        "modeles": queries.modeles(lue.categorie),
    }
