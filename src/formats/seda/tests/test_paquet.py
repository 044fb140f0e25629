"""Ce que nous écrivons :
quel que soit le transfert, il se relit égal, sans reproche, et au bit près le même.
"""

import io
import tracemalloc
import zipfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from formats.seda import (
    Groupe,
    Objet,
    PaquetImpossible,
    Unite,
    bornes,
    ecrire,
    ecrire_le_paquet,
    lire,
    verifier,
)
from formats.seda.balises import propre
from formats.seda.tests.exemples import (
    CONTENUS,
    bordereau,
    entrees,
    officiels,
    paquet,
    range_en_zip,
    regles,
    transferts,
)


def sans_caractere_interdit(dit):
    """Le XML n'a pas tous les caractères : ceux-là s'écrivent par leur code."""

    def unite(u):
        return replace(
            u,
            titre=propre(u.titre),
            description=propre(u.description),
            sorte=propre(u.sorte),
            unites=tuple(unite(v) for v in u.unites),
        )

    groupes = tuple(
        replace(g, objets=tuple(replace(o, nom=propre(o.nom)) for o in g.objets))
        for g in dit.groupes
    )
    return replace(
        dit,
        commentaire=propre(dit.commentaire),
        unites=tuple(map(unite, dit.unites)),
        groupes=groupes,
    )


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(transferts())
def test_tout_transfert_se_relit_egal_et_sans_reproche(tire):
    dit, contenus = tire
    sortie = io.BytesIO()

    ecrit = ecrire_le_paquet(dit, {id_: (lambda c=c: [c]) for id_, c in contenus.items()}, sortie)

    rapport = verifier(sortie, normes=officiels())
    assert [str(defaut) for defaut in rapport.defauts] == []
    assert lire(entrees(sortie.getvalue())["manifest.xml"]) == sans_caractere_interdit(ecrit)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(transferts().filter(lambda tire: tire[1]), st.data())
def test_une_taille_une_empreinte_un_nom_ou_une_reference_changes_se_voient(tire, data):
    dit, contenus = tire
    fichiers = entrees(paquet(dit, contenus))
    groupe = data.draw(st.sampled_from(lire(fichiers["manifest.xml"]).groupes))
    objet = data.draw(st.sampled_from(groupe.objets))
    manifeste = fichiers["manifest.xml"].decode()
    autre = {
        "absent": manifeste.replace(f">{objet.uri}<", f">{objet.uri}x<"),
        "empreinte": manifeste.replace(f">{objet.empreinte}<", f">{objet.empreinte[::-1]}<"),
        "reference": manifeste.replace(f"ReferenceId>{groupe.id}<", "ReferenceId>ailleurs<"),
        "groupe-isole": manifeste.replace(f"ReferenceId>{groupe.id}<", "ReferenceId>ailleurs<"),
        "taille": manifeste.replace("<Size>", "<Size>1"),
    }
    regle = data.draw(
        st.sampled_from(sorted(regle for regle, change in autre.items() if change != manifeste))
    )
    sans = {nom: contenu for nom, contenu in fichiers.items() if nom != objet.uri}

    assert regle in regles(range_en_zip({**fichiers, "manifest.xml": autre[regle].encode()}))
    assert "absent" in regles(range_en_zip(sans))
    assert "empreinte" in regles(range_en_zip({**fichiers, objet.uri: contenus[objet.id] + b"x"}))


def test_a_donnees_egales_les_octets_sont_les_memes():
    assert paquet() == paquet()


def test_ce_qui_manque_est_mesure_format_compris():
    ecrit = lire(entrees(paquet())["manifest.xml"])
    registre, reglement = ecrit.objets()

    assert (registre.taille, registre.format.puid, registre.format.mime) == (
        8,
        "x-fmt/18",
        "text/csv",
    )
    assert reglement.format.puid == "fmt/18" and len(reglement.empreinte) == 128


def test_un_fichier_se_lit_de_son_chemin(tmp_path):
    (tmp_path / "a.csv").write_bytes(CONTENUS["ID3"])
    sortie = io.BytesIO()

    ecrire_le_paquet(
        bordereau(), {"ID3": tmp_path / "a.csv", "ID5": lambda: [CONTENUS["ID5"]]}, sortie
    )

    assert sortie.getvalue() == paquet()


def test_un_fichier_vide_est_admis_et_n_a_pas_de_taille_ecrite():
    octets = paquet(contenus={**CONTENUS, "ID3": b""})

    assert b"<Size>0" not in entrees(octets)["manifest.xml"]
    assert verifier(io.BytesIO(octets), normes=officiels()).est_bon


def test_un_grand_paquet_passe_en_zip64(monkeypatch):
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 100)
    octets = paquet(contenus={**CONTENUS, "ID3": b"x" * 1000})
    monkeypatch.undo()

    # La fin du sommaire d'un ZIP64.
    assert b"PK\x06\x06" in octets
    assert regles(octets) == set()


def test_la_memoire_ne_suit_pas_la_taille_des_fichiers(tmp_path):
    blocs = lambda: (bytes(1_000_000) for _ in range(64))  # noqa: E731
    with (tmp_path / "sip.zip").open("w+b") as sortie:
        tracemalloc.start()
        ecrire_le_paquet(bordereau(), {"ID3": blocs, "ID5": lambda: [CONTENUS["ID5"]]}, sortie)
        assert verifier(sortie, normes=None).octets > 64_000_000
        pointe = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()

    assert pointe < 12_000_000


def attendu(**champs):
    """Le bordereau d'exemple, où le premier objet dit ceci."""
    premier, second = bordereau().groupes
    return bordereau(
        groupes=(Groupe(id="ID2", objets=(replace(premier.objets[0], **champs),)), second)
    )


@pytest.mark.parametrize(
    ("dit", "phrase"),
    [
        (attendu(taille=7), "a 8 octets, 7 étaient attendus"),
        (attendu(empreinte="00" * 64), "n'a pas l'empreinte attendue"),
        (attendu(uri="content/../ID3.csv"), "n'est pas un nom sûr"),
        (attendu(uri="ailleurs/ID3.csv"), "n'est pas un nom sûr"),
        (attendu(uri="content/registre des dépôts.csv"), "n'est pas un nom sûr"),
        (attendu(uri="content/id5.PDF"), "la même Uri"),
        (attendu(id="ID5"), "la même Uri|porté par 2 éléments"),
        (attendu(id="ID9"), "n'a pas de source"),
        (attendu(algorithme="MD5"), "n'est pas en SHA-512"),
        (bordereau(version="2.0"), "SEDA 2.0 n'est pas connu"),
        (bordereau(date=datetime(2026, 11, 27)), "n'a pas de fuseau"),
        (bordereau(service_d_archives=""), "ArchivalAgency n'a pas d'identifiant"),
        (bordereau(unites=()), "il est vide"),
        (
            bordereau(unites=(Unite(id="ID10", titre="", groupes=("ID2",)),)),
            "aucune unité d'archives ne le désigne",
        ),
    ],
)
def test_un_paquet_fautif_ne_s_ecrit_pas(dit, phrase):
    with pytest.raises(PaquetImpossible, match=phrase):
        paquet(dit)


def test_un_bordereau_que_l_on_ne_relirait_pas_ne_s_ecrit_pas(monkeypatch):
    monkeypatch.setattr(bornes, "OCTETS_DU_BORDEREAU", 1000)

    with pytest.raises(PaquetImpossible, match="plusieurs versements"):
        paquet()


def test_un_paquet_veut_un_fichier_ou_revenir_en_arriere():
    class Tuyau(io.BytesIO):
        def seekable(self):
            return False

    with pytest.raises(PaquetImpossible, match="s'écrit dans un fichier"):
        ecrire_le_paquet(bordereau(), dict.fromkeys(CONTENUS, lambda: []), Tuyau())


def test_une_source_qui_ne_se_lit_pas_le_dit():
    with pytest.raises(FileNotFoundError):
        ecrire_le_paquet(bordereau(), dict.fromkeys(CONTENUS, Path("/nulle/part")), io.BytesIO())


def test_un_objet_de_deux_usages_reste_dans_son_groupe():
    original, second = bordereau().groupes
    copie = Objet(id="ID6", uri="content/ID6.txt", nom="copie.txt", usage="Dissemination_1")
    dit = bordereau(groupes=(replace(original, objets=(*original.objets, copie)), second))

    relu = lire(entrees(paquet(dit, {**CONTENUS, "ID6": b"texte"}))["manifest.xml"])

    assert [objet.usage for objet in relu.groupes[0].objets] == [
        "BinaryMaster_1",
        "Dissemination_1",
    ]


def test_le_bordereau_s_ecrit_sans_paquet():
    assert lire(ecrire(bordereau())).identifiant == "versement-2026-0042"
