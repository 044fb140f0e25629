"""Ce que l'écran d'une demande montre à l'agent du centre."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.permissions import permet
from beffroi.personnes.organismes.queries import habilitation_d_exploitant
from beffroi.service.assistance import depot_en_question, objet_en_question, queries
from beffroi.service.assistance.forms import (
    NON_PRECISE,
    FusionForm,
    NoteForm,
    RangerForm,
    ReponseForm,
)
from beffroi.service.assistance.models import Categorie, Demande, MotifDeDemande
from beffroi.service.assistance.permissions import ACTES
from beffroi.service.assistance.rules.delais import en_clair, est_urgente
from beffroi.service.assistance.rules.demandes import motifs_publiables
from beffroi.socle.fondations import exploitant


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
    """La demande, son échange, les formulaires :
    ceux qui reviennent refusés gardent leur saisie.
    """
    autres = queries.de_la_meme_personne(lue)
    habilitation = habilitation_d_exploitant(par, le)
    voit, voit_l_objet = (
        permet(habilitation, acte, ACTES) for acte in ("voir_les_tentatives", "voir_l_objet")
    )
    return {
        "demande": lue,
        "urgente": est_urgente(lue.limite, le=le),
        "en_retard": lue.en_retard(le),
        "fil": queries.fil(lue, au_centre=True),
        "reponses": depot_en_question.de_la_demande(lue)[: depot_en_question.AU_PLUS]
        if voit
        else (),
        "objets": list(objet_en_question.ecrans(objet_en_question.consultation_de(lue, le)))
        if voit_l_objet
        else (),
        "a_chercher": (lue.telephone or lue.courriel) if voit else "",
        "form": form or reponse(lue),
        "note": note or NoteForm(auto_id="note_%s"),
        "rangement": rangement
        or RangerForm(initial={"categorie": lue.categorie, "objet": lue.objet}),
        "fusion": fusion or (FusionForm(autres=autres) if autres else None),
        "modeles": queries.modeles(lue.categorie),
    }


def reponse(lue: Demande, saisie: Any = None) -> ReponseForm:
    """Le formulaire où l'agent répond."""
    return _formulaire(lue, saisie, {"texte": texte_propose(lue), "motif": lue.motif})


def reponse_avec_modele(lue: Demande, saisie: Mapping[str, str]) -> ReponseForm:
    """Le texte du modèle, après ce que l'agent a déjà tapé : rien ne s'en perd."""
    modele = queries.un_modele(saisie["inserer"])
    deja = saisie.get("texte", "").strip()
    texte = f"{deja}\n\n{modele.texte}" if deja else modele.texte
    return _formulaire(
        lue, None, {"texte": texte, "suite": saisie.get("suite"), "motif": saisie.get("motif")}
    )


def _formulaire(lue: Demande, saisie: Any, initial: dict[str, Any]) -> ReponseForm:
    return ReponseForm(
        saisie, categorie=lue.categorie, sans_adresse=not lue.courriel, initial=initial
    )


def mesures(*, depuis: datetime, le: datetime) -> list[dict[str, Any]]:
    """Par catégorie : la promesse, la part tenue, ce qui était demandé.

    Les noms n'en sortent pas.
    """
    horaires, demandes = settings.SERVICE["horaires"], queries.motifs(depuis=depuis, le=le)
    return [
        {
            "engagement": engagement,
            "promis": en_clair(settings.DELAIS_D_ASSISTANCE[engagement.categorie], horaires),
            "motifs": _du_plus_demande(demandes[engagement.categorie]),
            "publiables": _publiables(demandes[engagement.categorie]),
        }
        for engagement in queries.engagements(depuis=depuis, le=le)
    ]


def _du_plus_demande(demandes: Mapping[str, Sequence[str]]) -> list[tuple[str, int]]:
    comptes = [(libelle_de_motif(motif), len(siennes)) for motif, siennes in demandes.items()]
    return sorted(comptes, key=lambda compte: (-compte[1], compte[0]))


def _publiables(demandes: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    publiables = motifs_publiables(demandes)
    montres = [(libelle_de_motif(motif), nombre) for motif, nombre in publiables.montres]
    return {"montres": montres, "autres": publiables.autres, "masques": publiables.masques}


def libelle_de_motif(motif: str) -> str:
    return str(MotifDeDemande(motif).label) if motif else NON_PRECISE


def texte_propose(lue: Demande) -> str:
    """Hors de l'assistance, l'agent part d'un texte qui dit pourquoi, et à qui
    s'adresser ; ailleurs, il écrit.
    """
    if lue.categorie != Categorie.HORS_CHAMP or lue.repondue_le:
        return ""
    return render_to_string("assistance/hors_champ.txt", {"service": exploitant.service()})
