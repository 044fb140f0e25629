"""Le partage : accepter, rejoindre par le code, montrer, finir.

Chaque fait est au journal, jamais ce qui est vu. Un accord n'y entre que rejoint : avant, personne
n'a rien pu voir, et n'importe qui peut en donner.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.service.assistance.models import Demande
from beffroi.service.assistance.services.demandes import SANS_COMPTE
from beffroi.service.teleassistance import codes, queries, rules
from beffroi.service.teleassistance.models import (
    AccordEnAttente,
    CodeFaux,
    Cote,
    Partage,
    reference_de_partage,
)
from beffroi.service.teleassistance.states import CYCLE, VIFS, Etat
from beffroi.socle.fondations.erreurs import ConflitEtat, Introuvable, exiger
from beffroi.socle.fondations.verrous import a_verrouiller, verrouiller
from beffroi.socle.journal.acteurs import PLATEFORME, Acteur
from beffroi.socle.journal.chainage import instant
from beffroi.socle.journal.cycles import Transition
from beffroi.socle.journal.franchissement import franchir, transition_depuis
from beffroi.socle.journal.services import journaliser

type Fenetre = Partage | AccordEnAttente


@transaction.atomic
def consentir(
    *,
    personne: Utilisateur | None,
    demande: Demande | None,
    precedent: Fenetre | None,
    maintenant: datetime,
) -> AccordEnAttente:
    """La personne accepte, et reçoit un code.

    Ce qu'elle avait accepté avant ne sert plus : un seul partage à la fois.
    """
    _remplacer(personne, demande, precedent, maintenant=maintenant)
    codes_pris = queries.codes_en_attente(maintenant)
    exiger(rules.peut_attendre(en_attente=len(codes_pris)))
    return AccordEnAttente.objects.create(
        reference=_reference_au_code_libre(set(codes_pris.values())),
        personne=personne,
        demande=demande,
        texte_accepte=rules.empreinte_du_texte(),
        consenti_le=maintenant,
        code_jusqu_au=maintenant + rules.VIE_DU_CODE,
    )


def _reference_au_code_libre(pris: set[str]) -> str:
    """Deux personnes qui attendent ne dictent jamais le même code."""
    reference = reference_de_partage()
    while codes.code_de(reference) in pris:
        reference = reference_de_partage()
    return reference


def _remplacer(
    personne: Utilisateur | None,
    demande: Demande | None,
    precedent: Fenetre | None,
    *,
    maintenant: datetime,
) -> None:
    siens = Q(pk=None)
    if personne:
        siens |= Q(personne=personne)
    elif demande:
        siens |= Q(demande=demande, personne=None)
    if precedent:
        siens |= Q(reference=precedent.reference)
    anciens: list[Fenetre] = [
        *AccordEnAttente.objects.filter(siens, etat=Etat.CONSENTI),
        *Partage.objects.filter(siens, etat__in=VIFS),
    ]
    for ancien in anciens:
        _finir(ancien, "remplacer", Cote.PERSONNE, par=acteur_de(ancien), maintenant=maintenant)


@transaction.atomic
def rejoindre(*, code: str, par: Utilisateur, maintenant: datetime) -> Partage | None:
    """L'agent tape le code dicté ; juste, il sert et ne sert plus.

    L'accord, et qui l'a rejoint, entrent ensemble au journal. Faux, le code se compte, et rien
    n'est rendu.
    """
    exiger(rules.peut_essayer(manques=queries.codes_faux(par, maintenant)))
    reference = rules.designe(rules.code_tape(code), queries.codes_en_attente(maintenant))
    attend = queries.en_attente(maintenant).filter(reference=reference)
    accord = a_verrouiller(attend).first()
    if accord is None:
        CodeFaux.objects.create(agent=par, le=maintenant)
        return None
    return franchir(
        _inscrire(accord, maintenant=maintenant),
        "rejoindre",
        par=par.acteur,
        le=maintenant,
        donnees={"attente_s": int((maintenant - accord.consenti_le).total_seconds())},
        rejoint_par=par,
        rejoint_le=maintenant,
    )


def _inscrire(accord: AccordEnAttente, *, maintenant: datetime) -> Partage:
    """L'accord devient un partage : ce qui a été accepté, et quand, est au journal."""
    partage = Partage.objects.create(
        reference=accord.reference,
        personne=accord.personne,
        demande=accord.demande,
        texte_accepte=accord.texte_accepte,
        consenti_le=accord.consenti_le,
        code_jusqu_au=accord.code_jusqu_au,
    )
    accord.delete()
    journaliser(
        "partage.consentir",
        sujet=partage.reference,
        organisme=partage.organisme_du_journal,
        par=acteur_de(partage),
        le=maintenant,
        donnees={
            "texte_accepte": partage.texte_accepte,
            "demande": partage.demande.reference if partage.demande else "",
            "consenti_le": instant(partage.consenti_le),
        },
    )
    return partage


@transaction.atomic
def montrer(*, partage: Fenetre, maintenant: datetime) -> Partage:
    """Le premier écran choisi. En choisir un autre n'est pas un second début."""
    if isinstance(partage, AccordEnAttente):
        raise ConflitEtat("Personne ne vous a encore rejoint : gardez cette page ouverte.")
    partage = verrouiller(partage, avec=queries.LIENS)
    if partage.montre_le:
        return partage
    return franchir(partage, "montrer", par=acteur_de(partage), le=maintenant, montre_le=maintenant)


def terminer(*, partage: Fenetre, cote: str, par: Acteur, maintenant: datetime) -> Fenetre:
    return _finir(partage, "terminer", cote, par=par, maintenant=maintenant)


def refuser(*, partage: Fenetre, maintenant: datetime) -> Fenetre:
    """Elle n'a finalement rien voulu montrer."""
    return _finir(partage, "refuser", Cote.PERSONNE, par=acteur_de(partage), maintenant=maintenant)


def couper(*, partage: Fenetre, cote: str, par: Acteur, maintenant: datetime) -> Fenetre:
    """La liaison est tombée. Personne ne l'a voulu, et l'un des deux le constate."""
    return _finir(partage, "couper", cote, par=par, maintenant=maintenant)


@transaction.atomic
def _finir(vu: Fenetre, acte: str, cote: str, *, par: Acteur, maintenant: datetime) -> Fenetre:
    """Une fin, une seule : celle qui arrive seconde ne change rien.

    Ce qui joignait les navigateurs s'efface.
    """
    accord = _accord_encore_seul(vu)
    if accord is not None:
        return _laisser(accord, acte, cote, maintenant=maintenant)
    partage: Partage | None = a_verrouiller(Partage.objects.filter(reference=vu.reference)).first()
    if partage is None:
        raise Introuvable()
    if not partage.est_vif:
        return partage
    fini = franchir(
        partage,
        acte,
        par=par,
        le=maintenant,
        donnees=_duree(partage, maintenant),
        fini_le=maintenant,
        fini_par=cote,
    )
    fini.signaux.all().delete()
    return fini


def _accord_encore_seul(vu: Fenetre) -> AccordEnAttente | None:
    """Rejoint à l'instant, l'accord est devenu un partage : c'est lui qui finit."""
    if isinstance(vu, Partage):
        return None
    accord: AccordEnAttente | None = a_verrouiller(AccordEnAttente.objects.filter(pk=vu.pk)).first()
    return accord


def _laisser(
    accord: AccordEnAttente, acte: str, cote: str, *, maintenant: datetime
) -> AccordEnAttente:
    """Personne ne l'a rejoint : rien n'a été vu, et le registre n'en garde rien."""
    if accord.etat != Etat.CONSENTI:
        return accord
    transition: Transition = transition_depuis(CYCLE, acte, accord.etat)
    accord.etat, accord.fini_le, accord.fini_par = transition.vers.value, maintenant, cote
    accord.save(update_fields=["etat", "fini_le", "fini_par"])
    return accord


def _duree(partage: Partage, le: datetime) -> dict[str, Any]:
    return {"montre_s": int((le - partage.montre_le).total_seconds()) if partage.montre_le else 0}


def acteur_de(partage: Fenetre) -> Acteur:
    """Qui tient la fenêtre de partage."""
    return partage.personne.acteur if partage.personne else SANS_COMPTE


def expirer_les_oublies(*, le: datetime) -> int:
    """Le code que personne n'a tapé, le partage resté ouvert : la plateforme y met fin."""
    oublies: list[Fenetre] = [*queries.codes_passes(le), *queries.a_expirer(le)]
    for partage in oublies:
        _finir(partage, "expirer", Cote.PLATEFORME, par=PLATEFORME, maintenant=le)
    return len(oublies)


@transaction.atomic
def oublier_les_codes_faux(*, le: datetime) -> None:
    CodeFaux.objects.filter(le__lte=le - rules.ESSAIS_COMPTES_PENDANT).delete()


@transaction.atomic
def oublier_les_accords(*, le: datetime) -> None:
    """Sa fenêtre dit encore deux heures comment un accord a fini ; ensuite, il s'efface."""
    AccordEnAttente.objects.filter(consenti_le__lte=le - rules.DUREE_AU_PLUS).delete()
