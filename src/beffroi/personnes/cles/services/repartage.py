"""Repartager une clé : la même clé publique, d'autres porteurs.

Les anciennes parts s'effacent, les neuves s'essaient.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from beffroi.personnes.cles import queries, rules
from beffroi.personnes.cles.models import Gardien, IdentiteDeMembre, PaireDeCles
from beffroi.personnes.cles.services.paires import (
    exiger_des_parts_distinctes,
    exiger_des_porteurs_prets,
    poser_les_parts,
)
from beffroi.socle.fondations.erreurs import ConflitEtat, exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.services import journaliser


@dataclass(frozen=True)
class NouvellesParts:
    """Un partage neuf par liste qui change ; une liste vide garde ses parts.

    `avec` nomme qui a ouvert les siennes.
    """

    membres: Mapping[IdentiteDeMembre, bytes] = field(default_factory=dict)
    gardiens: Mapping[Gardien, bytes] = field(default_factory=dict)
    avec: Sequence[str] = ()


@transaction.atomic
def repartager_paire(
    *, paire: PaireDeCles, parts: NouvellesParts, par: Acteur, maintenant: datetime
) -> PaireDeCles:
    """Remplace les parts des personnes qui changent ;
    la clé publique et sa signature restent (scellement, §2.3).
    """
    paire = verrouiller(paire)
    if paire.retiree_le:
        raise ConflitEtat("Ces clés ne servent plus. Rechargez la page.")
    exiger(
        rules.repartage_complet(
            politique=paire.politique, membres=len(parts.membres), gardiens=len(parts.gardiens)
        )
    )
    exiger_des_porteurs_prets(parts.membres, parts.gardiens)
    exiger_des_parts_distinctes([*parts.membres.values(), *parts.gardiens.values()])
    avant = _porteurs(paire)
    if parts.membres:
        paire.parts.filter(gardien=None).delete()
    if parts.gardiens:
        paire.parts.exclude(gardien=None).delete()
    identites = {
        queries.ma_cle(gardien.utilisateur): (gardien, part)
        for gardien, part in parts.gardiens.items()
    }
    poser_les_parts(paire, membres=parts.membres, gardiens=identites)
    journaliser(
        "cles.paire_repartagee",
        sujet=paire.reference,
        organisme=paire.organisme.siret,
        par=par,
        le=maintenant,
        donnees={
            "empreinte": paire.empreinte,
            "avec": list(parts.avec),
            "de": avant,
            "vers": _porteurs(paire),
        },
    )
    return paire


def _porteurs(paire: PaireDeCles) -> dict[str, list[str]]:
    """Qui tient une part, et avec quelle clé : la personne qui change de clé se voit aussi."""
    return {
        "membres": [_nom(part.identite) for part in queries.parts_des_membres(paire)],
        "gardiens": [_nom(part.identite) for part in queries.parts_des_gardiens(paire)],
    }


def _nom(identite: IdentiteDeMembre) -> str:
    return f"{identite.utilisateur.reference} {identite.empreinte}"
