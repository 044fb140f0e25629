"""Charger l'annuaire d'un département entier, pour essayer le service."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from beffroi.centre.adherents.cog import Trouvee
from beffroi.centre.adherents.models import Adherent, Effectif
from beffroi.centre.adherents.plan import Entree
from beffroi.centre.adherents.services.annuaire import VERROU_DE_L_ANNUAIRE
from beffroi.centre.adherents.services.imports import ecrire
from beffroi.socle.fondations.verrous import verrou_nomme
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.services import journaliser
from formats.dates import PARIS

# Un ordre de grandeur pour un essai :
# de un à quinze agents pour mille habitants, et jamais une statistique.
AGENTS_POUR_MILLE = 12
SOURCE = "code officiel géographique, chargé pour un essai"


@transaction.atomic
def charger_un_essai(
    *, trouvees: Sequence[Trouvee], annee: int | None = None, sujet: str, maintenant: datetime
) -> tuple[int, int]:
    """Inscrit ceux qui manquent, marqués « essai »,
    et leur invente un effectif si une année est donnée.

    Rend combien sont inscrits et combien l'étaient déjà.
    Relancé, il n'ajoute que ce qui manque, sous une écriture.
    """
    verrou_nomme(VERROU_DE_L_ANNUAIRE)
    connus = set(Adherent.objects.values_list("siren", flat=True))
    neuves = [trouvee for trouvee in trouvees if trouvee.identite.siren not in connus]
    if not neuves:
        return 0, len(trouvees)
    entrees = [Entree(rang, trouvee.identite) for rang, trouvee in enumerate(neuves)]
    ecrire(entrees, (), est_un_essai=True, maintenant=maintenant)
    _peupler(neuves, annee or maintenant.astimezone(PARIS).year)
    if annee is not None:
        _inventer_les_effectifs(neuves, annee, maintenant=maintenant)
    donnees = {"inscrits": len(neuves), "effectifs_de": annee}
    journaliser(
        "adherents.charger_un_essai", sujet=sujet, par=PLATEFORME, le=maintenant, donnees=donnees
    )
    return len(neuves), len(trouvees) - len(neuves)


def _peupler(neuves: Sequence[Trouvee], annee: int) -> None:
    """La population que le code officiel donne à chaque commune."""
    populations = {
        trouvee.identite.siren: trouvee.population
        for trouvee in neuves
        if trouvee.identite.nature == Adherent.Nature.COMMUNE and trouvee.population
    }
    communes = list(Adherent.objects.filter(siren__in=populations))
    for commune in communes:
        commune.habitants, commune.habitants_au = populations[commune.siren], date(annee, 1, 1)
        commune.source_des_habitants = SOURCE
    champs = ["habitants", "habitants_au", "source_des_habitants"]
    Adherent.objects.bulk_update(communes, champs, batch_size=200)


def _inventer_les_effectifs(neuves: Sequence[Trouvee], annee: int, *, maintenant: datetime) -> None:
    cles = dict(Adherent.objects.filter(est_un_essai=True).values_list("siren", "pk"))
    Effectif.objects.bulk_create(
        Effectif(
            adherent_id=cles[trouvee.identite.siren],
            annee=annee,
            agents=1 + trouvee.population * AGENTS_POUR_MILLE // 1_000,
            constate_le=date(annee, 1, 1),
            declare_le=maintenant,
        )
        for trouvee in neuves
    )
