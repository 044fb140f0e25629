"""Le code posté : demandé par l'équipe, posté par le centre à l'adresse de Sirene, retapé."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import constant_time_compare

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.models import Membre
from beffroi.personnes.niveaux import lettre, queries, rules
from beffroi.personnes.niveaux.courriels import ecrire_la_lettre_partie, ecrire_le_refus
from beffroi.personnes.niveaux.models import LettreDeCode, PreuveDEntreprise
from beffroi.personnes.niveaux.services.preuves import Moyen, etablir
from beffroi.socle.fondations import cles_du_service
from beffroi.socle.fondations.erreurs import ConflitEtat, Introuvable, RegleEnfreinte, exiger
from beffroi.socle.fondations.references import ALPHABET
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.services import journaliser

SEL = "beffroi.niveaux.lettre"
SIGNES_DU_CODE = 12
GARDE_APRES_LA_FIN = timedelta(days=60)


class CodeFaux(RegleEnfreinte):
    """Le code tapé n'est pas celui de la lettre."""


@dataclass(frozen=True)
class LettreImprimee:
    """La lettre et son code, le temps de l'imprimer : la base n'en a que l'empreinte."""

    nom: str
    pdf: bytes


@transaction.atomic
def demander_une_lettre(*, membre: Membre, maintenant: datetime) -> LettreDeCode:
    """L'équipe demande une lettre ; le centre la lit dans « À faire »."""
    membre = verrouiller(membre, avec=("equipe", "utilisateur"), aussi=("equipe",))
    if membre.jusqu_au:
        raise ConflitEtat("Vous n'agissez plus pour cet établissement. Rechargez la page.")
    exiger(
        rules.peut_demander_une_lettre(
            francaise=membre.equipe.nature == membre.equipe.Nature.FRANCAISE,
            en_cours=queries.lettre_en_cours(membre.equipe) is not None,
            prouvee=queries.est_prouvee(membre.equipe, le=maintenant, moyen=Moyen.COURRIER),
        )
    )
    demandee = LettreDeCode.objects.create(
        membre=membre, equipe=membre.equipe, demandee_le=maintenant
    )
    _noter("demander_une_lettre", demandee, par=membre.utilisateur, maintenant=maintenant)
    return demandee


@transaction.atomic
def imprimer_la_lettre(
    *, demandee: LettreDeCode, adresse: str, par: Utilisateur, maintenant: datetime
) -> LettreImprimee:
    """Tire un code, l'imprime, et n'en garde que l'empreinte. Réimprimer tire un autre code."""
    demandee = _prendre(demandee)
    code = "".join(secrets.choice(ALPHABET) for _ in range(SIGNES_DU_CODE))
    demandee.adresse = adresse
    demandee.imprimee_le = maintenant
    demandee.expire_le = maintenant + rules.DUREE_D_UN_CODE
    demandee.empreinte_du_code, *_ = _empreintes(demandee, code)
    demandee.essais_manques = 0
    demandee.save()
    _noter("poster_une_lettre", demandee, par=par, maintenant=maintenant)
    ecrire_la_lettre_partie(demandee, maintenant=maintenant)
    return LettreImprimee(
        f"lettre-{demandee.reference}.pdf",
        lettre.composer(demandee, code=code, maintenant=maintenant),
    )


@transaction.atomic
def refuser_la_lettre(
    *, demandee: LettreDeCode, motif: str, par: Utilisateur, maintenant: datetime
) -> None:
    """Le centre n'envoie pas : fermé dans Sirene, adresse inconnue. L'équipe lit pourquoi."""
    demandee = _prendre(demandee)
    if not motif:
        raise RegleEnfreinte("Dites pourquoi : l'équipe le lira.")
    _clore(demandee, maintenant)
    _noter("refuser_une_lettre", demandee, par=par, maintenant=maintenant, motif=motif)
    ecrire_le_refus(demandee, motif=motif, maintenant=maintenant)


def taper_le_code(*, membre: Membre, code: str, maintenant: datetime) -> PreuveDEntreprise:
    """Le bon code prouve l'équipe. Un mauvais se compte, même si l'acte est refusé : hors de sa
    transaction, le refus ne défait pas le compte.
    """
    demandee = queries.lettre_en_cours(membre.equipe)
    if demandee is None:
        raise RegleEnfreinte("Aucune lettre n'est en cours pour votre équipe. Demandez-en une.")
    preuve = _essayer(demandee, membre, _net(code), maintenant)
    if preuve is None:
        raise CodeFaux(
            "Ce code n'est pas celui de la lettre. Vérifiez-le signe par signe : un code vaut "
            f"{rules.ESSAIS_D_UN_CODE} essais."
        )
    return preuve


@transaction.atomic
def _essayer(
    demandee: LettreDeCode, membre: Membre, code: str, maintenant: datetime
) -> PreuveDEntreprise | None:
    membre = verrouiller(membre, avec=("equipe", "utilisateur"))
    if membre.jusqu_au:
        raise ConflitEtat("Vous n'agissez plus pour cet établissement. Rechargez la page.")
    demandee = _prendre(demandee)
    exiger(
        rules.peut_taper_le_code(
            imprimee=demandee.imprimee_le is not None,
            expire_le=demandee.expire_le,
            essais_manques=demandee.essais_manques,
            maintenant=maintenant,
        )
    )
    if not _est_le_bon(demandee, code):
        demandee.essais_manques += 1
        demandee.save(update_fields=["essais_manques"])
        return None
    _clore(demandee, maintenant)
    return etablir(
        membre.equipe,
        moyen=Moyen.COURRIER,
        precision=f"Lettre {demandee.reference}, postée à {' '.join(demandee.adresse.split())}.",
        par=membre.utilisateur,
        maintenant=maintenant,
        lettre=demandee.reference,
    )


@transaction.atomic
def oublier_les_lettres(*, le: datetime) -> int:
    """Clôt les périmées ; efface l'adresse et l'empreinte de celles qui sont closes depuis long."""
    LettreDeCode.objects.filter(close_le=None, expire_le__lt=le).update(close_le=le)
    return LettreDeCode.objects.filter(close_le__lt=le - GARDE_APRES_LA_FIN).delete()[0]


def _clore(demandee: LettreDeCode, maintenant: datetime) -> None:
    demandee.close_le, demandee.empreinte_du_code = maintenant, ""
    demandee.save(update_fields=["close_le", "empreinte_du_code"])


def _prendre(demandee: LettreDeCode) -> LettreDeCode:
    """Close au même instant par une autre personne, elle n'est plus à prendre."""
    try:
        prise = verrouiller(demandee, avec=("equipe", "membre__utilisateur"))
    except LettreDeCode.DoesNotExist:
        raise Introuvable() from None
    if prise.close_le:
        raise ConflitEtat("Cette lettre n'est plus en cours. Rechargez la page.")
    return prise


def _empreintes(demandee: LettreDeCode, code: str) -> list[str]:
    return cles_du_service.empreintes(SEL, f"{demandee.reference}/{code}")


def _est_le_bon(demandee: LettreDeCode, code: str) -> bool:
    """Une lettre voyage des jours : la clé du service a pu changer depuis."""
    return any(
        constant_time_compare(une, demandee.empreinte_du_code)
        for une in _empreintes(demandee, code)
    )


def _net(code: str) -> str:
    return "".join(signe for signe in code.upper() if signe.isalnum())


def _noter(
    acte: str, demandee: LettreDeCode, *, par: Utilisateur, maintenant: datetime, motif: str = ""
) -> None:
    journaliser(
        f"equipe.{acte}",
        sujet=demandee.equipe.reference,
        par=par.acteur,
        le=maintenant,
        donnees={"lettre": demandee.reference, **({"motif": motif} if motif else {})},
    )
