"""Le partage : accepter, rejoindre par le code, montrer, finir.

Chaque fait est au journal, jamais ce qui est vu.
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.service.assistance.models import Demande
from beffroi.service.assistance.services.demandes import SANS_COMPTE
from beffroi.service.teleassistance import codes, queries, rules
from beffroi.service.teleassistance.models import CodeFaux, Cote, Partage, reference_de_partage
from beffroi.service.teleassistance.states import VIFS
from beffroi.socle.fondations.erreurs import exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import PLATEFORME, Acteur
from beffroi.socle.journal.franchissement import franchir
from beffroi.socle.journal.services import journaliser


@transaction.atomic
def consentir(
    *,
    personne: Utilisateur | None,
    demande: Demande | None,
    precedent: Partage | None,
    maintenant: datetime,
    reseau: str = "",
) -> Partage:
    """La personne accepte, et reçoit un code.

    Ce qu'elle avait accepté avant ne sert plus : un seul partage à la fois.
    """
    est_connu = bool(personne or demande)
    _remplacer(personne, demande, precedent, maintenant=maintenant)
    exiger(rules.peut_attendre(queries.attente(maintenant, reseau=reseau), est_connu=est_connu))
    codes_pris = queries.codes_en_attente(maintenant)
    partage = Partage.objects.create(
        reference=_reference_au_code_libre(set(codes_pris.values())),
        personne=personne,
        demande=demande,
        reseau="" if est_connu else reseau,
        texte_accepte=rules.empreinte_du_texte(),
        consenti_le=maintenant,
        code_jusqu_au=maintenant + rules.VIE_DU_CODE,
    )
    journaliser(
        "partage.consentir",
        sujet=partage.reference,
        organisme=partage.organisme_du_journal,
        par=acteur_de(partage),
        le=maintenant,
        donnees={
            "texte_accepte": partage.texte_accepte,
            "demande": demande.reference if demande else "",
        },
    )
    return partage


def _reference_au_code_libre(pris: set[str]) -> str:
    """Deux personnes qui attendent ne dictent jamais le même code."""
    reference = reference_de_partage()
    while codes.code_de(reference) in pris:
        reference = reference_de_partage()
    return reference


def _remplacer(
    personne: Utilisateur | None,
    demande: Demande | None,
    precedent: Partage | None,
    *,
    maintenant: datetime,
) -> None:
    vifs = Partage.objects.filter(etat__in=VIFS)
    siens = vifs.none()
    if personne:
        siens |= vifs.filter(personne=personne)
    elif demande:
        siens |= vifs.filter(demande=demande, personne=None)
    if precedent:
        siens |= vifs.filter(pk=precedent.pk)
    for ancien in siens:
        _finir(ancien, "remplacer", Cote.PERSONNE, par=acteur_de(ancien), maintenant=maintenant)


@transaction.atomic
def rejoindre(*, code: str, par: Utilisateur, maintenant: datetime) -> Partage | None:
    """L'agent tape le code dicté ; juste, il sert et ne sert plus.

    Faux, il se compte, et rien n'est rendu.
    """
    exiger(rules.peut_essayer(manques=queries.codes_faux(par, maintenant)))
    reference = rules.designe(rules.code_tape(code), queries.codes_en_attente(maintenant))
    if not reference:
        CodeFaux.objects.create(agent=par, le=maintenant)
        return None
    partage = Partage.objects.select_related(*queries.LIENS).get(reference=reference)
    return franchir(
        partage,
        "rejoindre",
        par=par.acteur,
        le=maintenant,
        donnees={"attente_s": int((maintenant - partage.consenti_le).total_seconds())},
        rejoint_par=par,
        rejoint_le=maintenant,
        reseau="",
    )


@transaction.atomic
def montrer(*, partage: Partage, maintenant: datetime) -> Partage:
    """Le premier écran choisi. En choisir un autre n'est pas un second début."""
    partage = verrouiller(partage, avec=queries.LIENS)
    if partage.montre_le:
        return partage
    return franchir(partage, "montrer", par=acteur_de(partage), le=maintenant, montre_le=maintenant)


def terminer(*, partage: Partage, cote: str, par: Acteur, maintenant: datetime) -> Partage:
    return _finir(partage, "terminer", cote, par=par, maintenant=maintenant)


def refuser(*, partage: Partage, maintenant: datetime) -> Partage:
    """Elle n'a finalement rien voulu montrer."""
    return _finir(partage, "refuser", Cote.PERSONNE, par=acteur_de(partage), maintenant=maintenant)


def couper(*, partage: Partage, cote: str, par: Acteur, maintenant: datetime) -> Partage:
    """La liaison est tombée. Personne ne l'a voulu, et l'un des deux le constate."""
    return _finir(partage, "couper", cote, par=par, maintenant=maintenant)


@transaction.atomic
def _finir(partage: Partage, acte: str, cote: str, *, par: Acteur, maintenant: datetime) -> Partage:
    """Une fin, une seule : celle qui arrive seconde ne change rien.

    Ce qui joignait les navigateurs s'efface.
    """
    partage = verrouiller(partage, avec=queries.LIENS)
    if not partage.est_vif:
        return partage
    fin = {"fini_le": maintenant, "fini_par": cote, "reseau": ""}
    fini = franchir(
        partage, acte, par=par, le=maintenant, donnees=_duree(partage, maintenant), **fin
    )
    fini.signaux.all().delete()
    return fini


def _duree(partage: Partage, le: datetime) -> dict[str, Any]:
    return {"montre_s": int((le - partage.montre_le).total_seconds()) if partage.montre_le else 0}


def acteur_de(partage: Partage) -> Acteur:
    """Qui tient la fenêtre de partage."""
    return partage.personne.acteur if partage.personne else SANS_COMPTE


def expirer_les_oublies(*, le: datetime) -> int:
    """Le code que personne n'a tapé, le partage resté ouvert : la plateforme y met fin."""
    oublies = list(queries.a_expirer(le))
    for partage in oublies:
        _finir(partage, "expirer", Cote.PLATEFORME, par=PLATEFORME, maintenant=le)
    return len(oublies)


@transaction.atomic
def oublier_les_codes_faux(*, le: datetime) -> None:
    CodeFaux.objects.filter(le__lte=le - rules.ESSAIS_COMPTES_PENDANT).delete()
