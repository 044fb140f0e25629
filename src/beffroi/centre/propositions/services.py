"""Proposer ce qui engage ; l'écarter.

En décider est l'acte même, dans le contexte qui le fait : il appelle `retenue`, sous sa transaction
et sous son écriture.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from beffroi.centre.propositions import rules
from beffroi.centre.propositions.models import Proposition
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte, exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.services import journaliser

Issue = Proposition.Issue


@dataclass(frozen=True)
class Demande:
    """L'acte et l'objet qu'il touche, dits à qui en décidera.

    `siret` : l'organisme touché, vide s'il n'a pas encore de compte. `page` : où il se décide.
    `donnees` : ce que l'acte demande de plus, en textes ; l'acte décidé les relit et les rejuge.
    """

    acte: str
    sujet: str
    siret: str
    titre: str
    page: str
    motif: str
    donnees: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def proposer(*, demande: Demande, par: Utilisateur, maintenant: datetime) -> Proposition:
    """Rien ne se fait : une autre personne décidera, ou dira pourquoi non.

    L'appelant tient l'objet sous verrou, et a vérifié que l'acte est permis ce jour.
    """
    exiger(rules.motivee(demande.motif))
    deja = Proposition.objects.filter(acte=demande.acte, sujet=demande.sujet, issue="")
    if deja.exists():
        raise ConflitEtat("C'est déjà proposé : une autre personne en décide. Rechargez la page.")
    proposition = Proposition.objects.create(
        acte=demande.acte,
        sujet=demande.sujet,
        siret=demande.siret,
        titre=demande.titre,
        page=demande.page,
        motif=demande.motif.strip(),
        donnees=dict(demande.donnees),
        proposee_par=par,
        proposee_le=maintenant,
    )
    _journaliser("proposition.proposer", proposition, par=par, le=maintenant, motif=demande.motif)
    return proposition


@transaction.atomic
def ecarter(
    *, proposition: Proposition, motif: str, par: Utilisateur, maintenant: datetime
) -> Proposition:
    """Elle ne se fera pas, et pourquoi. Qui l'a proposée peut aussi la reprendre."""
    exiger(rules.motivee(motif))
    proposition = verrouiller(proposition)
    if not proposition.est_ouverte:
        raise ConflitEtat("Une autre personne vient d'en décider. Rechargez la page.")
    proposition.motif_d_ecart = motif.strip()
    _trancher(proposition, Issue.ECARTEE, par=par, maintenant=maintenant)
    _journaliser("proposition.ecarter", proposition, par=par, le=maintenant, motif=motif)
    return proposition


def retenue(*, acte: str, sujet: str, par: Utilisateur, maintenant: datetime) -> Proposition:
    """La proposition que cette personne décide, tranchée dans la transaction de l'acte.

    Lève `RegleEnfreinte` si personne ne l'a proposée, ou si c'est elle.
    """
    ouverte = Proposition.objects.filter(acte=acte, sujet=sujet, issue="").first()
    if ouverte is None:
        raise RegleEnfreinte(
            "Personne ne l'a proposé : une personne propose, une autre décide. Faites-le d'abord "
            "proposer par un gestionnaire."
        )
    proposition = verrouiller(ouverte, avec=("proposee_par",))
    # On l'a peut-être écartée pendant que celle-ci attendait le verrou.
    if not proposition.est_ouverte:
        raise ConflitEtat("Une autre personne vient d'en décider. Rechargez la page.")
    exiger(rules.peut_decider(proposee_par=proposition.proposee_par.reference, par=par.reference))
    return _trancher(proposition, Issue.RETENUE, par=par, maintenant=maintenant)


def sans_objet(*, sujet: str, actes: Collection[str], maintenant: datetime) -> int:
    """L'objet est réglé, fini, repris : ces actes proposés sur lui ne se décident plus.

    L'acte qui le règle l'écrit dans sa propre transaction. Rend combien.
    """
    ouvertes = Proposition.objects.filter(sujet=sujet, acte__in=list(actes), issue="")
    return ouvertes.update(issue=Issue.SANS_OBJET, tranchee_le=maintenant)


def _trancher(
    proposition: Proposition, issue: str, *, par: Utilisateur, maintenant: datetime
) -> Proposition:
    proposition.issue, proposition.tranchee_par = issue, par
    proposition.tranchee_le = maintenant
    proposition.save(update_fields=["issue", "tranchee_par", "tranchee_le", "motif_d_ecart"])
    return proposition


def _journaliser(
    acte: str, proposition: Proposition, *, par: Utilisateur, le: datetime, motif: str
) -> None:
    journaliser(
        acte,
        sujet=proposition.sujet,
        organisme=proposition.siret,
        par=par.acteur,
        le=le,
        donnees={
            "proposition": proposition.reference,
            "quoi": proposition.acte,
            "motif": motif.strip(),
        },
    )
