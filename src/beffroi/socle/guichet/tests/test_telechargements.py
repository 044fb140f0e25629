"""Un fichier se rend sous son nom, de sa sorte,
et ne s'exécute pas chez nous s'il vient d'ailleurs.
"""

import hashlib
import io
from concurrent.futures import ThreadPoolExecutor

import pytest

from beffroi.socle.fondations.stockage import fideles, nouvelle_cle, stockage
from beffroi.socle.fondations.stockage.fideles import Juges, OctetsChanges
from beffroi.socle.guichet import telechargements


@pytest.mark.parametrize(
    ("nom", "sorte"),
    [
        ("recu.pdf", "application/pdf"),
        ("adherents.csv", "text/csv; charset=utf-8"),
        ("limite.ics", "text/calendar; charset=utf-8"),
        ("sans-fin-connue.xyz", "application/octet-stream"),
    ],
)
def test_la_fin_du_nom_dit_la_sorte(nom, sorte):
    assert telechargements.rendre_un_fichier(b"x", nom)["Content-Type"] == sorte


def test_une_sorte_dite_l_emporte_sur_la_fin_du_nom():
    rendu = telechargements.rendre_un_fichier(
        b"x", "pes.xml", sorte="application/xml; charset=iso-8859-1"
    )

    assert rendu["Content-Type"] == "application/xml; charset=iso-8859-1"


def test_un_nom_accentue_passe_entier():
    rendu = telechargements.rendre_un_fichier(b"x", "Délibération n° 3.pdf")

    assert (
        rendu["Content-Disposition"]
        == "attachment; filename*=utf-8''D%C3%A9lib%C3%A9ration%20n%C2%B0%203.pdf"
    )


def test_un_fichier_qui_s_ecrit_a_mesure_part_a_mesure():
    rendu = telechargements.rendre_un_fichier(iter([b"un", b"deux"]), "suite.csv")

    assert rendu.streaming and b"".join(rendu.streaming_content) == b"undeux"


@pytest.mark.parametrize(
    "rendu",
    [
        telechargements.a_enregistrer(b"<script>", nom="page.html"),
        telechargements.en_piece_jointe(io.BytesIO(b"<script>"), nom="page.html", taille=8),
    ],
)
def test_un_fichier_venu_d_ailleurs_ne_s_execute_pas_chez_nous(rendu):
    assert rendu["Content-Disposition"] == 'attachment; filename="page.html"'
    assert rendu["Content-Type"] == "application/octet-stream"
    assert "sandbox" in rendu["Content-Security-Policy"]
    assert b"".join(rendu) == b"<script>"


@pytest.mark.parametrize("gardee", ["", '"empreinte"'])
def test_un_fichier_servi_ne_se_garde_nulle_part_si_personne_ne_le_dit_de_tous(rf, gardee):
    cle = nouvelle_cle("essai")
    stockage().ecrire(cle, io.BytesIO(b"lettre"))
    fichier = {"cle": cle, "nom": "lettre.pdf", "taille": 6, "etiquette": '"empreinte"'}
    demande = rf.get("/", headers={"If-None-Match": gardee})

    sien = telechargements.servir(demande, **fichier)
    de_tous = telechargements.servir(demande, **fichier, garde=telechargements.DE_TOUS)

    assert sien.status_code == de_tous.status_code == (304 if gardee else 200)
    assert sien["Cache-Control"] == "private, no-store"
    assert de_tous["Cache-Control"] == "public, no-cache"


def garde(octets):
    cle = nouvelle_cle("essai")
    stockage().ecrire(cle, io.BytesIO(octets))
    return {
        "cle": cle,
        "nom": "lettre.pdf",
        "taille": len(octets),
        "etiquette": f'"{hashlib.sha256(octets).hexdigest()}"',
    }


def alterer(cle):
    [morceau] = stockage().morceaux(cle)
    octets = morceau.read_bytes()
    morceau.write_bytes(bytes([octets[0] ^ 1]) + octets[1:])


@pytest.mark.parametrize("entetes", [{}, {"Range": "bytes=0-1"}])
def test_un_fichier_dont_les_octets_ont_change_n_est_pas_servi(rf, entetes):
    fichier = garde(b"lettre d'origine")
    assert telechargements.servir(rf.get("/", headers=entetes), **fichier).status_code in (200, 206)

    alterer(fichier["cle"])

    with pytest.raises(OctetsChanges, match="octet pour octet"):
        telechargements.servir(rf.get("/", headers=entetes), **fichier)


def test_un_fichier_intact_ne_se_relit_qu_une_fois(rf, monkeypatch):
    fichier, relus, lire = garde(b"lettre"), [], fideles.empreinte_gardee
    monkeypatch.setattr(fideles, "empreinte_gardee", lambda cle: relus.append(cle) or lire(cle))

    for _ in range(3):
        assert b"".join(telechargements.servir(rf.get("/"), **fichier)) == b"lettre"

    assert relus == [fichier["cle"]]


def test_des_demandes_ensemble_du_meme_fichier_n_en_font_qu_une_relecture():
    juges, relus, objet = Juges(), [], ("cle", "marque", "sha256")

    with ThreadPoolExecutor(8) as fils:
        dits = list(
            fils.map(lambda _: juges.juger(objet, lambda: relus.append(1) or True), range(32))
        )

    assert all(dits) and len(relus) == 1
