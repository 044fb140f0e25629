"""Ce que fait l'agent du centre :
prendre, répondre, demander une précision, noter, ranger, fusionner, résoudre.
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.service.assistance import courriels, queries
from beffroi.service.assistance.models import MOTIFS, Demande, Message
from beffroi.service.assistance.rules import demandes as regles
from beffroi.service.assistance.services.demandes import promesse
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte, exiger
from beffroi.socle.fondations.verrous import verrouiller, verrouiller_ensemble
from beffroi.socle.journal.franchissement import franchir
from beffroi.socle.journal.services import journaliser

VIDE = "Écrivez votre réponse : la personne la recevra telle quelle."


@transaction.atomic
def prendre(*, demande: Demande, par: Utilisateur, maintenant: datetime) -> Demande:
    """L'agent s'en charge ; un autre le voit, et peut la reprendre."""
    return franchir(demande, "prendre", par=par.acteur, le=maintenant, prise_par=par)


@transaction.atomic
def repondre(
    *,
    demande: Demande,
    texte: str,
    suite: str,
    par: Utilisateur,
    maintenant: datetime,
    motif: str = "",
) -> Demande:
    """Écrit à la personne.

    `suite` : `repondre`, `demander_une_precision` ou `resoudre`, qui peut dire le motif.
    """
    _exiger_un_texte(texte)
    champs: dict[str, Any] = {"prise_par": par}
    demande = verrouiller(demande, avec=queries.LIENS)
    if demande.repondue_le is None:
        champs["repondue_le"] = maintenant
    if suite == "resoudre":
        exiger(regles.motif_recevable(motif=motif, permis=MOTIFS[demande.categorie]))
        champs |= {"resolue_le": maintenant, "motif": motif}
    demande = franchir(demande, suite, par=par.acteur, le=maintenant, **champs)
    _ecrire(demande, texte, Message.Sens.ENVOYE, par=par, le=maintenant)
    courriels.repondue(demande, texte.strip(), rang=demande.messages.count(), maintenant=maintenant)
    return demande


@transaction.atomic
def noter(*, demande: Demande, texte: str, par: Utilisateur, maintenant: datetime) -> Demande:
    """Une note entre agents du centre : la personne ne la lit pas."""
    _exiger_un_texte(texte)
    _ecrire(demande, texte, Message.Sens.INTERNE, par=par, le=maintenant)
    _journaliser(demande, "noter", par, maintenant)
    return demande


@transaction.atomic
def ranger(
    *, demande: Demande, categorie: str, objet: str, par: Utilisateur, maintenant: datetime
) -> Demande:
    """Change la catégorie ou l'objet.

    La promesse se recompte depuis la réception : la ranger ne fait pas gagner de temps.
    """
    demande = verrouiller(demande, avec=queries.LIENS)
    _exiger_ouverte(demande)
    demande.categorie, demande.objet = categorie, objet.strip()
    demande.limite = queries.limite_de(demande.objet)
    if demande.motif not in MOTIFS[categorie]:
        demande.motif = ""
    if demande.repondue_le is None:
        demande.promise_pour = promesse(categorie, limite=demande.limite, le=demande.recue_le)
    demande.save(update_fields=["categorie", "objet", "limite", "motif", "promise_pour"])
    _journaliser(demande, "ranger", par, maintenant, categorie=categorie, objet=demande.objet)
    return demande


@transaction.atomic
def fusionner(
    *, demande: Demande, dans: Demande, par: Utilisateur, maintenant: datetime
) -> Demande:
    """Suit les deux demandes dans une seule : la personne y retrouve tout ce qu'elle a écrit."""
    lignes = verrouiller_ensemble([demande, dans])
    demande, dans = lignes[demande.pk], lignes[dans.pk]
    exiger(
        regles.peut_fusionner(
            reference=demande.reference,
            dans=dans.reference,
            cible_ouverte=dans.est_ouverte,
            meme_personne=queries.de_la_meme_personne(demande).filter(pk=dans.pk).exists(),
        )
    )
    return franchir(
        demande,
        "fusionner",
        par=par.acteur,
        le=maintenant,
        donnees={"dans": dans.reference},
        fusionnee_dans=dans,
    )


def _ecrire(demande: Demande, texte: str, sens: str, *, par: Utilisateur, le: datetime) -> None:
    Message.objects.create(
        demande=demande,
        sens=sens,
        canal=Demande.Canal.WEB,
        auteur=par.nom,
        texte=texte.strip(),
        le=le,
    )


def _exiger_un_texte(texte: str) -> None:
    if not texte.strip():
        raise RegleEnfreinte(VIDE)


def _exiger_ouverte(demande: Demande) -> None:
    if not demande.est_ouverte:
        raise ConflitEtat("Cette demande est close. Rechargez la page.")


def _journaliser(
    demande: Demande, acte: str, par: Utilisateur, le: datetime, **donnees: Any
) -> None:
    journaliser(
        f"demande.{acte}",
        sujet=demande.reference,
        organisme=demande.organisme_du_journal,
        par=par.acteur,
        le=le,
        donnees=donnees,
    )
