"""Un paquet venu d'ailleurs : chaque faute est nommée, aucune ne fait tomber la lecture."""

import base64
import io
import stat
import zipfile

import pytest
from lxml import etree

from formats.seda import PaquetIllisible, bornes, lire, verifier
from formats.seda.rapport import en_json, en_lignes
from formats.seda.tests.exemples import bordereau, entrees, paquet, range_en_zip, regles, truque

BON = paquet()
FICHIERS = entrees(BON)


@pytest.mark.parametrize(
    ("avant", "apres", "regle"),
    [
        ("content/ID3.csv", "content/ID5.pdf", "orphelin"),
        ("content/ID3.csv", "content/ID9.csv", "absent"),
        ("content/ID3.csv", "../ID3.csv", "uri"),
        ("content/ID3.csv", "ailleurs/ID3.csv", "uri"),
        ("content/ID3.csv", "content/a%20b.csv", "uri"),
        ("<Uri>content/ID3.csv</Uri>", "", "objet-sans-contenu"),
        ("<Size>8<", "<Size>9<", "taille"),
        ('algorithm="SHA-512"', 'algorithm="sha512"', "algorithme"),
        ('algorithm="SHA-512"', 'algorithm="SHA-256"', "empreinte"),
        ('id="ID12"', 'id="ID11"', "id-double"),
        ('id="ID4"', 'id="ID3"', "id-double"),
        ("ReferenceId>ID2<", "ReferenceId>ID99<", "reference"),
        ("ReferenceId>ID2<", "ReferenceId>ID10<", "reference"),
        ("RefId>ID11<", "RefId>ID3<", "reference"),
        ("RefId>ID11<", "RefId>ID10<", "cycle"),
        ("RefId>ID11<", "RefId>ID12<", "cycle"),
        ("RefId>ID11<", "RefId>ID13<", "cycle"),
        ("ReferenceId>ID2<", "ReferenceId>ID4<", "groupe-isole"),
        ("<MessageIdentifier>versement-2026-0042</MessageIdentifier>", "", "entete"),
        ("<Identifier>FRAD062</Identifier>", "", "entete"),
        ("seda:v2.1", "seda:v2.0", "illisible"),
        ("seda:v2.1", "seda:v1.0", "illisible"),
        ("<ArchiveTransfer ", "<!DOCTYPE a [<!ENTITY e 'x'>]><ArchiveTransfer ", "illisible"),
        ("<ArchiveTransfer ", "<ArchiveTransfert ", "illisible"),
    ],
)
def test_un_bordereau_fautif_est_refuse_et_la_faute_nommee(avant, apres, regle):
    assert regle in regles(truque(BON, avant, apres))


def test_un_transfert_sans_unite_est_vide():
    manifeste = FICHIERS["manifest.xml"].decode()
    debut, fin = manifeste.index("<DescriptiveMetadata>"), manifeste.index("</DescriptiveMetadata>")
    vide = manifeste[:debut] + "<DescriptiveMetadata>" + manifeste[fin:]

    assert "vide" in regles(range_en_zip({**FICHIERS, "manifest.xml": vide.encode()}))


def test_une_empreinte_en_base_64_est_admise():
    brute = bytes.fromhex(next(lire(FICHIERS["manifest.xml"]).objets()).empreinte)

    assert regles(truque(BON, brute.hex(), base64.b64encode(brute).decode())) == set()


def test_un_fichier_joint_au_bordereau_est_compare_lui_aussi():
    joint = truque(BON, "<Uri>content/ID3.csv</Uri>", "<Attachment>YTtiCjE7Mgo=</Attachment>")
    faux = truque(BON, "<Uri>content/ID3.csv</Uri>", "<Attachment>YTtiCjE7Mwo=</Attachment>")
    abime = truque(BON, "<Uri>content/ID3.csv</Uri>", "<Attachment>é</Attachment>")

    assert regles(joint) == {"orphelin"}
    assert "empreinte" in regles(faux) and "zip-abime" in regles(abime)


def marque(**champs):
    def marquer(entree):
        for champ, valeur in champs.items():
            setattr(entree, champ, valeur)

    return marquer


@pytest.mark.parametrize(
    ("octets", "regle"),
    [
        (range_en_zip({**FICHIERS, "../../etc/cron.d/x": b"x"}), "zip-nom"),
        (range_en_zip({**FICHIERS, "/etc/passwd": b"x"}), "zip-nom"),
        (range_en_zip({**FICHIERS, "content/a\\b": b"x"}), "zip-nom"),
        (range_en_zip({**FICHIERS, "content/C:x": b"x"}), "zip-nom"),
        (range_en_zip({**FICHIERS, "content/ID3.csv#": b"x"}), "zip-nom"),
        (range_en_zip({**FICHIERS, "content/de trop.txt": b"x"}), "orphelin"),
        (range_en_zip({**FICHIERS, "CONTENT/id3.CSV": b"x"}), "zip-doublon"),
        (range_en_zip(FICHIERS, marque(external_attr=(stat.S_IFLNK | 0o777) << 16)), "illisible"),
        (
            range_en_zip({nom: c for nom, c in FICHIERS.items() if nom != "manifest.xml"}),
            "illisible",
        ),
        (b"PK\x03\x04 pas un zip", "illisible"),
        (BON[: len(BON) // 2], "illisible"),
        (b"", "illisible"),
    ],
)
def test_une_archive_fautive_est_refusee_et_la_faute_nommee(octets, regle):
    assert regle in regles(octets)


def en_clair_sauf(nom, **champs):
    return range_en_zip(FICHIERS, lambda e: marque(**champs)(e) if e.filename == nom else None)


def change_le_sommaire(nom, decalage, octets):
    """Le même paquet, où l'entrée du sommaire qui porte ce nom a changé."""
    ou = BON.rindex(nom.encode()) - 46 + decalage
    return BON[:ou] + octets + BON[ou + len(octets) :]


@pytest.mark.parametrize(
    ("octets", "regle"),
    [
        (en_clair_sauf("content/ID3.csv", external_attr=(stat.S_IFLNK | 0o777) << 16), "zip-lien"),
        (en_clair_sauf("content/ID3.csv", compress_type=zipfile.ZIP_LZMA), "zip-methode"),
        (change_le_sommaire("content/ID3.csv", 8, b"\x01\x00"), "zip-chiffre"),
        (change_le_sommaire("content/ID3.csv", 16, b"\x00\x00\x00\x00"), "zip-abime"),
        # Le second fichier dit être là où est le premier.
        (change_le_sommaire("content/ID5.pdf", 42, b"\x00\x00\x00\x00"), "zip-bombe"),
    ],
)
def test_une_entree_dangereuse_n_est_pas_lue(octets, regle):
    assert regle in regles(octets)


def test_une_bombe_n_est_pas_depliee():
    zeros = bytes(30_000_000)
    bombe = range_en_zip(
        {**FICHIERS, "content/ID3.csv": zeros}, marque(compress_type=zipfile.ZIP_DEFLATED)
    )
    rapport = verifier(io.BytesIO(bombe), normes=None)

    assert "zip-bombe" in {defaut.regle for defaut in rapport.defauts}
    assert rapport.octets < 1000


def test_un_sommaire_demesure_n_est_pas_lu(monkeypatch):
    monkeypatch.setattr(bornes, "OCTETS_D_UNE_LECTURE", 100)

    assert regles(BON) == {"illisible"}


def test_un_arbre_trop_profond_est_refuse():
    fond = '<ArchiveUnit id="x{0}"><Content/>'
    profond = "".join(fond.format(rang) for rang in range(600)) + "</ArchiveUnit>" * 600
    octets = truque(BON, "<DescriptiveMetadata>", f"<DescriptiveMetadata>{profond}")

    assert "illisible" in regles(octets)


def test_une_longue_chaine_de_renvois_se_lit():
    chaine = "".join(
        f'<ArchiveUnit id="c{rang}"><ArchiveUnitRefId>c{rang + 1}</ArchiveUnitRefId></ArchiveUnit>'
        for rang in range(5000)
    )
    octets = truque(
        BON,
        "<DescriptiveMetadata>",
        f'<DescriptiveMetadata>{chaine}<ArchiveUnit id="c5000"><Content/></ArchiveUnit>',
    )

    assert regles(octets) == set()


@pytest.mark.parametrize(
    "contenu", ["é".encode("latin-1"), b"", b"<a", b"<?xml version='1.0'?><a/>"]
)
def test_ce_qui_n_est_pas_un_bordereau_est_illisible(contenu):
    with pytest.raises(PaquetIllisible):
        lire(contenu)


def test_un_bordereau_sans_heure_est_illisible():
    with pytest.raises(PaquetIllisible, match="pas de date"):
        lire(FICHIERS["manifest.xml"].replace(b"2026-11-27T09:30:00+00:00", b"2026-11-27"))


def test_des_octets_changes_au_hasard_ne_font_jamais_tomber_la_verification():
    for graine in range(100):
        ou = (graine * 7919) % len(BON)
        abime = BON[:ou] + bytes([BON[ou] ^ (1 << graine % 8)]) + BON[ou + 1 :]

        assert en_lignes(verifier(io.BytesIO(abime), normes=None))


def test_le_rapport_dit_ou_quoi_faire_et_ce_qui_n_est_pas_verifie():
    rapport = verifier(io.BytesIO(truque(BON, "<Size>8<", "<Size>9<")), normes=None)
    lignes = "\n".join(en_lignes(rapport))

    assert (
        "objet ID3 (registre des dépôts.csv) : sa taille dite est 9 octets, il en a 8. "
        "Corrigez Size"
    ) in lignes
    assert (
        "Pas vérifié : le schéma officiel du SEDA 2.1" in lignes
        and "Ce paquet est à refuser." in lignes
    )
    assert en_json(rapport)["controles"][1]["defauts"][0]["regle"] == "taille"


def test_un_autre_format_que_le_notre_se_signale_sans_refuser():
    rapport = verifier(
        io.BytesIO(truque(BON, "<FormatId>fmt/18<", "<FormatId>fmt/14<")), normes=None
    )

    assert rapport.est_bon and [defaut.regle for defaut in rapport.defauts] == ["format"]


def test_la_relecture_ne_garde_que_ce_que_notre_modele_dit():
    ajoute = FICHIERS["manifest.xml"].replace(
        b"<DescriptiveMetadata>", b"<PhysicalDataObject id='P'/><DescriptiveMetadata>"
    )

    assert etree.fromstring(ajoute) is not None
    assert [objet.id for objet in lire(ajoute).objets()] == [
        objet.id for objet in bordereau().objets()
    ]
