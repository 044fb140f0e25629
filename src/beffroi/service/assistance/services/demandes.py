"""Recevoir une demande, par le site ou au téléphone, et ce que la personne y ajoute."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Organisme
from beffroi.personnes.organismes.queries import habilitations_en_cours
from beffroi.service.assistance import courriels, queries
from beffroi.service.assistance.models import Categorie, Demande, Message
from beffroi.service.assistance.rules import demandes as regles
from beffroi.service.assistance.rules.delais import promise_pour
from beffroi.service.assistance.states import OUVERTES
from beffroi.socle.fondations.erreurs import exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.franchissement import franchir
from beffroi.socle.journal.services import journaliser

LONGUEUR_DU_SUJET = 150
SANS_COMPTE = Acteur(reference="sans-compte", libelle="Une personne sans compte")


@dataclass(frozen=True)
class Saisie:
    """Ce que la personne écrit, ou ce que l'agent note au téléphone ;
    la même clé n'en fait qu'une.
    """

    texte: str
    cle: str
    categorie: str = Categorie.TECHNIQUE.value
    objet: str = ""
    sujet: str = ""


@dataclass(frozen=True)
class Personne:
    """Qui demande : un compte, ou de quoi lui répondre."""

    compte: Utilisateur | None = None
    nom: str = ""
    courriel: str = ""
    telephone: str = ""

    @property
    def acteur(self) -> Acteur:
        return self.compte.acteur if self.compte else SANS_COMPTE


@transaction.atomic
def demander(
    *,
    saisie: Saisie,
    personne: Personne,
    canal: str,
    maintenant: datetime,
    sans_accuse: bool = False,
) -> Demande:
    """Reçoit une demande, et dit par courriel quand la réponse est promise, sauf `sans_accuse`.

    Au journal, aucun texte.
    """
    deja = Demande.objects.filter(cle_d_envoi=saisie.cle).first()
    if deja is not None:
        return deja
    exiger(regles.recevable(texte=saisie.texte, deja_ouvertes=ouvertes_de(personne).count()))
    return _recevoir(saisie, personne, canal, maintenant=maintenant, sans_accuse=sans_accuse)


@transaction.atomic
def signaler(*, saisie: Saisie, par: Utilisateur, maintenant: datetime) -> Demande:
    """Ce qu'un acte fait en ligne demande au centre de regarder : reçu toujours, quoi que la
    personne ait déjà demandé.
    """
    personne = Personne(compte=par)
    return _recevoir(saisie, personne, Demande.Canal.WEB, maintenant=maintenant)


def _recevoir(
    saisie: Saisie,
    personne: Personne,
    canal: str,
    *,
    maintenant: datetime,
    sans_accuse: bool = False,
) -> Demande:
    demande = _inscrire(saisie, personne, canal, maintenant=maintenant)
    _ecrire(demande, saisie.texte, auteur=_nom(personne), canal=canal, le=maintenant)
    journaliser(
        "demande.recevoir",
        sujet=demande.reference,
        organisme=demande.organisme_du_journal,
        par=personne.acteur,
        le=maintenant,
        donnees={"canal": canal, "categorie": demande.categorie, "objet": demande.objet},
    )
    if not sans_accuse:
        courriels.recue(demande, maintenant=maintenant)
    return demande


def _inscrire(saisie: Saisie, personne: Personne, canal: str, *, maintenant: datetime) -> Demande:
    limite = queries.limite_de(saisie.objet)
    compte = personne.compte
    return Demande.objects.create(
        categorie=saisie.categorie,
        canal=canal,
        sujet=(saisie.sujet.strip() or _premiere_ligne(saisie.texte))[:LONGUEUR_DU_SUJET],
        demandeur=compte,
        organisme=_organisme_de(compte, maintenant) if compte else None,
        nom=_nom(personne),
        courriel=personne.courriel.strip() or (compte.courriel if compte else ""),
        telephone=personne.telephone.strip(),
        objet=saisie.objet.strip(),
        limite=limite,
        recue_le=maintenant,
        promise_pour=promesse(saisie.categorie, limite=limite, le=maintenant),
        cle_d_envoi=saisie.cle,
    )


def promesse(categorie: str, *, limite: datetime | None, le: datetime) -> datetime:
    delais: Mapping[str, timedelta] = settings.DELAIS_D_ASSISTANCE
    return promise_pour(
        le, categorie=categorie, limite=limite, delais=delais, horaires=settings.SERVICE["horaires"]
    )


def _organisme_de(compte: Utilisateur, le: datetime) -> Organisme | None:
    """Son organisme, si la personne n'en sert qu'un : au-delà, rien ne dit lequel."""
    organismes = {habilitation.organisme for habilitation in habilitations_en_cours(compte, le)}
    return organismes.pop() if len(organismes) == 1 else None


def ouvertes_de(personne: Personne) -> QuerySet[Demande]:
    ouvertes = Demande.objects.filter(etat__in=OUVERTES)
    if personne.compte:
        return ouvertes.filter(demandeur=personne.compte)
    return (
        ouvertes.filter(demandeur=None, courriel__iexact=personne.courriel)
        if personne.courriel
        else ouvertes.none()
    )


def _nom(personne: Personne) -> str:
    return personne.nom.strip() or (personne.compte.nom if personne.compte else "")


def _premiere_ligne(texte: str) -> str:
    return texte.strip().splitlines()[0].strip() if texte.strip() else ""


def _ecrire(
    demande: Demande, texte: str, *, auteur: str, canal: str, le: datetime, identifiant: str = ""
) -> Message:
    return Message.objects.create(
        demande=demande,
        sens=Message.Sens.RECU,
        canal=canal,
        auteur=auteur or "Une personne sans compte",
        texte=texte.strip(),
        le=le,
        identifiant=identifiant or None,
    )


@transaction.atomic
def ajouter_une_suite(
    *,
    demande: Demande,
    texte: str,
    par: Acteur,
    canal: str,
    maintenant: datetime,
    identifiant: str = "",
) -> Demande:
    """La personne récrit : la demande revient dans la file, et se rouvre si elle était résolue."""
    exiger(regles.recevable(texte=texte, deja_ouvertes=0))
    demande = verrouiller(demande, avec=queries.LIENS)
    if demande.fusionnee_dans:
        demande = verrouiller(demande.fusionnee_dans, avec=queries.LIENS)
    dernier = demande.messages.last()
    # Deux courriels de même texte sont deux courriels : le second peut joindre un autre fichier.
    if (
        not identifiant
        and dernier
        and dernier.sens == Message.Sens.RECU
        and dernier.texte == texte.strip()
    ):
        return demande
    demande = franchir(
        demande,
        "recevoir_une_suite",
        par=par,
        le=maintenant,
        donnees={"canal": canal},
        resolue_le=None,
    )
    _ecrire(demande, texte, auteur=demande.nom, canal=canal, le=maintenant, identifiant=identifiant)
    return demande


@transaction.atomic
def dire_si_cela_a_servi(
    *, demande: Demande, reponse: str, mot: str, par: Acteur, maintenant: datetime
) -> Demande:
    """La personne dit si la réponse a servi. Elle peut changer d'avis : le dernier mot compte."""
    demande = verrouiller(demande, avec=queries.LIENS)
    demande.satisfaction, demande.mot_de_satisfaction = reponse, mot.strip()
    demande.save(update_fields=["satisfaction", "mot_de_satisfaction"])
    journaliser(
        "demande.dire_si_cela_a_servi",
        sujet=demande.reference,
        organisme=demande.organisme_du_journal,
        par=par,
        le=maintenant,
        donnees={"satisfaction": reponse},
    )
    return demande
