"""La base refuse de changer une ligne du journal.

Ses gardes levées, changer un octet, un caractère, une unité de n'importe laquelle se trouve ; les
exceptions sont nommées.
"""

import hashlib
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.models import JetonQualifie
from beffroi.socle.journal.services import (
    ajouter_cosignature,
    ajouter_jeton_qualifie,
    journaliser,
    publier_la_tete,
    signer_un_point_de_controle,
)
from beffroi.socle.journal.tests.test_services import MIDI
from beffroi.socle.journal.verification import relire_le_journal
from sceau import log, timestamp

pytestmark = pytest.mark.django_db
# Ce que rien ne prouve :
# l'heure à laquelle un jeton ou une signature d'un tiers nous est parvenu, et leur clé technique.
SANS_PREUVE = {
    ("journal_jetonqualifie", "recu_le"),
    ("journal_cosignature", "recue_le"),
    ("journal_jetonqualifie", "id"),
    ("journal_cosignature", "id"),
}
MODELES = [
    modele for modele in apps.get_app_config("journal").get_models() if not modele._meta.abstract
]
CIBLES = [
    (modele._meta.db_table, champ.column)
    for modele in MODELES
    for champ in modele._meta.concrete_fields
    if champ.column and (modele._meta.db_table, champ.column) not in SANS_PREUVE
]


@pytest.fixture
def ecrit(settings):
    """Au moins une ligne dans chaque table."""
    for heure in (0, 1, 2):
        le = MIDI + timedelta(hours=heure)
        journaliser(
            "essai.ecrire", sujet=f"X-{heure}", organisme="21620155800014", par=PLATEFORME, le=le
        )
        point = signer_un_point_de_controle(le=le)
        publier_la_tete(le=le)
    autorite = timestamp.Authority.create(MIDI, "Prestataire d'essai")
    jeton = autorite.issue(hashlib.sha256(point.note.encode()).digest(), MIDI)
    ajouter_jeton_qualifie(
        objet=JetonQualifie.Objet.POINT_DE_CONTROLE,
        numero=point.taille,
        jeton=jeton,
        autorite=timestamp.read(jeton, hashlib.sha256(point.note.encode()).digest()).authority,
        horodate_le=MIDI,
        recu_le=MIDI,
    )
    temoin = log.Signer.generate("temoin.example")
    settings.JOURNAL = {
        **settings.JOURNAL,
        "temoins": [f"{temoin.witness_vkey} https://temoin.example"],
    }
    ligne = temoin.cosign(log.Checkpoint.parse(point.note).body(), 1)
    ajouter_cosignature(point=point, temoin="temoin.example", ligne=ligne, recue_le=MIDI)


@pytest.fixture
def journal(ecrit):
    """Les gardes de la base sont levées."""
    with connection.cursor() as curseur:
        lever_les_gardes(curseur)
    assert fautes() == []


def lever_les_gardes(curseur) -> None:
    tables = [modele._meta.db_table for modele in MODELES]
    if connection.vendor == "postgresql":
        curseur.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            curseur.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        return
    curseur.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'")
    for nom, table in curseur.fetchall():
        if table in tables:
            curseur.execute(f"DROP TRIGGER {nom}")


def fautes() -> list[str]:
    return [constat.ou for constat in relire_le_journal() if not constat.bon]


def autre(valeur: object) -> object:
    """La même valeur, à un rien près."""
    if isinstance(valeur, bytes | memoryview):
        octets = bytearray(valeur)
        octets[len(octets) // 2] ^= 1
        return bytes(octets)
    if isinstance(valeur, str) and valeur:
        milieu = len(valeur) // 2
        return valeur[:milieu] + ("0" if valeur[milieu] != "0" else "1") + valeur[milieu + 1 :]
    return valeur + 1 if isinstance(valeur, int) else "x"


def fautes_apres(ordre: str, valeurs: list[object]) -> list[str]:
    """Ce que la relecture trouve une fois l'ordre passé.

    Tout se défait ensuite, clés étrangères rompues comprises.
    """
    with transaction.atomic(), connection.cursor() as curseur:
        sqlite = connection.vendor == "sqlite"
        curseur.execute(
            "PRAGMA defer_foreign_keys = ON" if sqlite else "SET CONSTRAINTS ALL DEFERRED"
        )
        curseur.execute(ordre, valeurs)
        assert curseur.rowcount == 1
        trouvees = fautes()
        transaction.set_rollback(True)
    return trouvees


def cle_de(modele: type[models.Model]) -> list[models.Field]:
    return [
        champ for champ in modele._meta.concrete_fields if champ.primary_key and champ.column
    ] or [modele._meta.get_field(nom) for nom in ("niveau", "indice")]


@pytest.mark.parametrize("modele", MODELES, ids=lambda modele: modele._meta.db_table)
def test_la_base_refuse_de_changer_le_passe(ecrit, modele):
    table, cle = modele._meta.db_table, cle_de(modele)[0].column

    for ordre in (f"UPDATE {table} SET {cle} = {cle}", f"DELETE FROM {table}"):
        with pytest.raises(DatabaseError, match="ne se modifie pas"), transaction.atomic():
            connection.cursor().execute(ordre)


@pytest.mark.parametrize(("table", "colonne"), CIBLES, ids=str)
def test_une_valeur_changee_d_un_rien_est_trouvee_et_situee(journal, table, colonne):
    modele = next(modele for modele in MODELES if modele._meta.db_table == table)
    champ = next(champ for champ in modele._meta.concrete_fields if champ.column == colonne)
    ligne = modele.objects.order_by(*modele._meta.ordering or ["pk"]).last()
    valeur = getattr(ligne, champ.attname)
    nouvelle = (
        valeur + timedelta(microseconds=1)
        if isinstance(champ, models.DateTimeField)
        else autre(valeur)
    )
    conditions = " AND ".join(f"{partie.column} = %s" for partie in cle_de(modele))

    trouvees = fautes_apres(
        f"UPDATE {table} SET {colonne} = %s WHERE {conditions}",
        [
            champ.get_db_prep_save(nouvelle, connection),
            *(getattr(ligne, p.attname) for p in cle_de(modele)),
        ],
    )

    assert any(ou.startswith("journal_") for ou in trouvees)


# Ce que des tiers ont joint peut manquer sans faute : le récépissé dit ce qu'il porte.
# Une tête privée aussi : elle y est.
@pytest.mark.parametrize(
    ("table", "condition"),
    [
        ("journal_ecriture", "numero = 0"),
        ("journal_remplissage", "debut = 1"),
        ("journal_noeud", "niveau = 0 AND indice = 3"),
        ("journal_pointdecontrole", "taille = 192"),
        ("journal_publication", "point_id = 192"),
    ],
)
def test_une_ligne_effacee_est_trouvee(journal, table, condition):
    assert fautes_apres(f"DELETE FROM {table} WHERE {condition}", []) != []
