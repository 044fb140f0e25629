"""Relire les tirages du registre : la base, le journal et les octets gardés disent-ils la même chose ?"""

from collections.abc import Iterator

from beffroi.journal.chainage import instant
from beffroi.journal.models import Ecriture
from beffroi.journal.queries import donnees_inscrites
from beffroi.journal.verification import Constat
from beffroi.registre_des_depots.cloture import fautes_des_clotures
from beffroi.registre_des_depots.models import RegistreScelle
from beffroi.registre_des_depots.services import empreinte_de
from beffroi.socle.stockage import empreinte_gardee


def relire_les_registres() -> Iterator[Constat]:
    nombre, fautes = 0, 0
    for tirage in RegistreScelle.objects.select_related("consultation").iterator(chunk_size=100):
        nombre += 1
        for faute in fautes_de(tirage):
            fautes += 1
            yield Constat(faute, bon=False, ou=f"{tirage._meta.db_table}, {tirage.consultation.reference}")
    for ecriture in Ecriture.objects.filter(acte="registre.scelle").exclude(
        numero__in=RegistreScelle.objects.values("ecriture")
    ):
        fautes += 1
        yield Constat("un tirage scellé a disparu", bon=False, ou=f"ouverture_registrescelle, {ecriture.sujet}")
    for contradiction in fautes_des_clotures():
        fautes += 1
        yield contradiction
    if not fautes:
        yield Constat(f"{nombre} tirages du registre des dépôts : conformes au journal", bon=True)


def fautes_de(tirage: RegistreScelle) -> Iterator[str]:
    inscrites = donnees_inscrites(tirage.ecriture, sujet=tirage.consultation.reference)
    if "documents" not in inscrites:
        # Un tirage d'avant : le journal n'a retenu que le CSV, et ses octets n'ont pas été gardés.
        dit: tuple[object, ...] = (1, inscrites.get("sha256_du_csv"), inscrites.get("depots"), {})
    else:
        documents = inscrites["documents"]
        assert isinstance(documents, dict)
        dit = (inscrites["tirage"], documents["csv"]["sha256"], inscrites["depots"], documents)
    retenus = {extension: empreinte_de(document) for extension, document in tirage.documents.items()}
    if dit != (tirage.numero, tirage.sha256, tirage.nombre, retenus):
        yield f"le tirage {tirage.numero} n'est plus celui que le journal a retenu"
    ecriture = Ecriture.objects.filter(numero=tirage.ecriture).first()
    if ecriture is None or instant(ecriture.le) != instant(tirage.scelle_le):
        yield f"l'heure du tirage {tirage.numero} n'est pas celle du journal"
    for extension, document in tirage.documents.items():
        if empreinte_gardee(document["cle"]) != document["sha256"]:
            yield f"le fichier {extension} du tirage {tirage.numero} a changé"
