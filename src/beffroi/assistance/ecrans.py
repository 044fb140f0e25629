"""Ce que l'écran d'une demande montre à l'agent du centre."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from beffroi.assistance import depot_en_question, queries
from beffroi.assistance.forms import FusionForm, NoteForm, RangerForm, ReponseForm
from beffroi.assistance.models import Categorie, Demande
from beffroi.assistance.permissions import ACTES
from beffroi.assistance.rules.delais import est_urgente
from beffroi.comptes.models import Utilisateur
from beffroi.organismes.permissions import permet
from beffroi.organismes.queries import habilitation_d_exploitant


def demande(
    lue: Demande,
    *,
    par: Utilisateur,
    le: datetime,
    form: ReponseForm | None = None,
    note: NoteForm | None = None,
    rangement: RangerForm | None = None,
    fusion: FusionForm | None = None,
) -> dict[str, Any]:
    """La demande, son échange, les formulaires : ceux qui reviennent refusés gardent leur saisie."""
    autres = queries.de_la_meme_personne(lue)
    voit = permet(habilitation_d_exploitant(par, le), "voir_les_tentatives", ACTES)
    return {
        "demande": lue,
        "urgente": est_urgente(lue.limite, le=le),
        "en_retard": lue.en_retard(le),
        "fil": queries.fil(lue, au_centre=True),
        "reponses": depot_en_question.de_la_demande(lue)[: depot_en_question.AU_PLUS] if voit else (),
        "a_chercher": (lue.telephone or lue.courriel) if voit else "",
        "form": form or reponse(lue),
        "note": note or NoteForm(auto_id="note_%s"),
        "rangement": rangement or RangerForm(initial={"categorie": lue.categorie, "objet": lue.objet}),
        "fusion": fusion or (FusionForm(autres=autres) if autres else None),
        "modeles": queries.modeles(lue.categorie),
    }


def reponse(lue: Demande, saisie: Any = None) -> ReponseForm:
    """Le formulaire où l'agent répond."""
    return ReponseForm(saisie, sans_adresse=not lue.courriel, initial={"texte": texte_propose(lue)})


def texte_propose(lue: Demande) -> str:
    """Hors de l'assistance, l'agent part d'un texte qui dit pourquoi, et à qui s'adresser ; ailleurs, il écrit."""
    if lue.categorie != Categorie.HORS_CHAMP or lue.repondue_le:
        return ""
    return render_to_string("assistance/hors_champ.txt", {"service": settings.SERVICE})
