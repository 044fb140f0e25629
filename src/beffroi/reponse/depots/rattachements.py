"""Ce que le récépissé ne répète pas, et qui range pourtant un pli : son brouillon, la place de
chacun de ses fichiers, son groupement.

En peu de lectures, quel que soit le nombre de plis : ce qui n'est pas à sa place, et rien d'autre.
"""

import json
from collections.abc import Iterator

from django.db.models import F, OuterRef, Q, Subquery

from beffroi.reponse.depots.models import Enveloppe, FichierScelle, Pli
from beffroi.socle.journal.models import Ecriture
from beffroi.socle.journal.verification import Constat

LIENS = Enveloppe.fichiers.through


def relire_les_rattachements() -> Iterator[Constat]:
    fautes = 0
    for faute, ou in fautes_des_rattachements():
        fautes += 1
        yield Constat(faute, bon=False, ou=ou)
    if not fautes:
        yield Constat("chaque pli à son brouillon, chaque fichier à sa place", bon=True)


def fautes_des_rattachements() -> Iterator[tuple[str, str]]:
    yield from fautes_des_brouillons()
    yield from fautes_des_places()
    yield from fautes_des_groupements()


def fautes_des_brouillons() -> Iterator[tuple[str, str]]:
    """Le brouillon d'un pli est de la même consultation, pour le même tour."""
    autre_temps = ~Q(brouillon__invitation__tour=F("tour")) & Q(tour__isnull=False)
    sans_temps = Q(tour=None, brouillon__invitation__isnull=False)
    egares = Pli.objects.filter(
        ~Q(brouillon__consultation=F("consultation")) | autre_temps | sans_temps
    )
    for reference in egares.values_list("reference", flat=True).iterator():
        yield "le brouillon de ce pli est d'une autre réponse", f"depots_pli, {reference}"


def fautes_des_places() -> Iterator[tuple[str, str]]:
    """Un fichier déposé est du brouillon du pli, entier, dans l'enveloppe et le lot dits."""
    deplaces = LIENS.objects.filter(_hors_de_sa_place("fichierscelle__", "enveloppe__"))
    lus = deplaces.values_list("fichierscelle__reference", "enveloppe__pli__reference")
    for fichier, pli in lus.iterator():
        yield "ce fichier n'est plus à sa place", f"depots_fichierscelle, {fichier}, {pli}"
    manifestes = Enveloppe.objects.filter(_hors_de_sa_place("manifeste__", ""))
    for fichier, pli in manifestes.values_list("manifeste__reference", "pli__reference").iterator():
        yield "ce manifeste n'est plus à sa place", f"depots_fichierscelle, {fichier}, {pli}"


def _hors_de_sa_place(fichier: str, enveloppe: str) -> Q:
    autre_lot = ~Q(**{f"{fichier}lot": F(f"{enveloppe}lot")})
    avec_lot = Q(**{f"{fichier}lot__isnull": False}) | Q(**{f"{enveloppe}lot__isnull": False})
    un_seul_lot = Q(**{f"{fichier}lot__isnull": True}) ^ Q(**{f"{enveloppe}lot__isnull": True})
    return (
        ~Q(**{f"{fichier}brouillon": F(f"{enveloppe}pli__brouillon")})
        | ~Q(**{f"{fichier}enveloppe": F(f"{enveloppe}sorte")})
        | ~Q(**{f"{fichier}etat": FichierScelle.Etat.TERMINE})
        | (avec_lot & autre_lot)
        | un_seul_lot
    )


def fautes_des_groupements() -> Iterator[tuple[str, str]]:
    """Avec qui l'on répond dit qui remplace qui. Un récépissé d'avant ne le nomme pas."""
    inscrit = Ecriture.objects.filter(numero=OuterRef("ecriture")).values("contenu")[:1]
    plis = Pli.objects.annotate(contenu_inscrit=Subquery(inscrit)).order_by("pk")
    lus = plis.values_list("reference", "groupement", "contenu_inscrit")
    for reference, groupement, contenu in lus.iterator(chunk_size=500):
        dit = json.loads(contenu) if contenu else {}
        if dit.get("groupement", groupement) != groupement:
            yield "« groupement » diffère du journal", f"depots_pli, {reference}"
