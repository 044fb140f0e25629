"""Relire les registres scellés : disent-ils encore ce que le journal a retenu ?"""

from collections.abc import Iterator

from beffroi.journal.queries import donnees_inscrites
from beffroi.journal.verification import Constat
from beffroi.registre_des_depots.models import RegistreScelle


def relire_les_registres() -> Iterator[Constat]:
    nombre, fautes = 0, 0
    for registre in RegistreScelle.objects.select_related("consultation").iterator(chunk_size=100):
        nombre += 1
        reference = registre.consultation.reference
        if donnees_inscrites(registre.ecriture, sujet=reference).get("sha256_du_csv") != registre.sha256:
            fautes += 1
            yield Constat("le registre scellé a changé", bon=False, ou=f"{registre._meta.db_table}, {reference}")
    if not fautes:
        yield Constat(f"{nombre} registres des dépôts : conformes au journal", bon=True)
