"""Le serveur meurt au milieu d'un envoi, et rien n'est déposé :
chacun reçoit sa preuve, qu'un tiers vérifie sans réseau.
"""

import io
import json
import re
import time
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx

from tests.pannes.poste import JETON, Poste
from tests.pannes.test_envoi_de_cinq_giga import connecter
from tests.plateforme import Plateforme
from tests.serveurs.attente import attendre
from tests.serveurs.souche import beffroi

PERDUE = "Connexion perdue. L'envoi reprendra de lui-même."
SIENNE = """
    SELECT reponse.reference, consultation.reference FROM depots_brouillondereponse AS reponse
    JOIN entreprises_equipe AS chez ON chez.id = reponse.equipe_id
    JOIN consultations_consultation AS consultation ON consultation.id = reponse.consultation_id
    WHERE chez.identifiant = '99910005000015' ORDER BY reponse.id DESC
"""


def mourir_pendant_l_envoi(plateforme: Plateforme, tmp_path: Path) -> None:
    """La commande d'une entreprise ;
    le serveur est tué à la première partie, et rien n'est déposé.
    """
    (tmp_path / "offre.pdf").write_bytes(b"%PDF-1.7 " + bytes(2_000_000))
    plateforme.demarrer(BEFFROI_PANNE="partie.apres_validation")
    envoi = beffroi(
        "deposer",
        "--url",
        plateforme.adresse,
        "--jeton",
        plateforme.compte("lucie")["jeton_api"],
        "--consultation",
        plateforme.consultation("publiee")["reference"],
        "--offre",
        str(tmp_path / "offre.pdf"),
        "--recu",
        str(tmp_path / "recu.zip"),
        "--atelier",
        str(tmp_path / "atelier"),
        "--insister",
        "0",
    )
    assert envoi.returncode == 1
    plateforme.tuer()


def jeton(client: httpx.Client, reponse: str) -> str:
    trouve = JETON.search(client.get(f"/reponses/{reponse}/").text)
    assert trouve
    return trouve[1]


def raconter(client: httpx.Client, reponse: str) -> None:
    """Au retour, la page s'ouvre, et rapporte le message qu'elle avait montré pendant l'arrêt."""
    vues = [{"nature": "message", "texte": PERDUE, "a": int((time.time() - 60) * 1000)}]
    entetes = {"X-CSRFToken": jeton(client, reponse)}
    assert (
        client.post(f"/reponses/{reponse}/traces/", json=vues, headers=entetes).status_code == 204
    )


def laisser_passer(plateforme: Plateforme, reponse: str) -> None:
    """Les cahiers vieillissent de cinq minutes, l'heure limite de deux heures ;
    l'ouvrier relève ce qui est dû.
    """
    ancien = f"{datetime.now(UTC) - timedelta(minutes=5):%Y%m%dT%H%M%z}"
    for cahier in (plateforme.dossier / "cahiers").glob("*.jsonl"):
        cahier.rename(cahier.with_name(f"{ancien}-{cahier.name.partition('-')[2]}"))
    passee = f"{datetime.now(UTC) - timedelta(hours=2):%Y-%m-%d %H:%M:%S}"
    plateforme.lire(
        "UPDATE consultations_consultation SET date_limite_remise = ? WHERE etat = 'publiee'",
        passee,
    )
    relevee = "SELECT 1 FROM tentatives_trace WHERE reponse = ? AND nature = 'message'"
    attendre(lambda: plateforme.lire(relevee, reponse), delai_s=90)


def verifier(preuve: bytes, dossier: Path) -> tuple[int, str]:
    """Hors ligne : la commande n'a que le fichier, et les clés gardées avant la panne."""
    chemin = dossier / "preuve.zip"
    chemin.write_bytes(preuve)
    fait = beffroi("verifier", str(chemin), "--confiance", str(dossier / "cles.json"))
    return fait.returncode, fait.stdout + fait.stderr


def changer(preuve: bytes, nom: str) -> bytes:
    """La même archive, où un octet d'un fichier a changé."""
    cible = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(preuve)) as lue, zipfile.ZipFile(cible, "w") as ecrite:
        for membre in lue.namelist():
            contenu = bytearray(lue.read(membre))
            if membre == nom:
                contenu[len(contenu) // 2] ^= 1
            ecrite.writestr(membre, bytes(contenu))
    return cible.getvalue()


def tentative(preuve: bytes, reponse: str) -> dict[str, object]:
    with zipfile.ZipFile(io.BytesIO(preuve)) as archive:
        dites = json.loads(archive.read("preuve.json"))["tentatives"]
    return next(une for une in dites if une["reponse"] == reponse)


def test_un_depot_empeche_par_un_arret_se_prouve_des_deux_cotes(
    plateforme: Plateforme, tmp_path: Path
) -> None:
    mourir_pendant_l_envoi(plateforme, tmp_path)
    plateforme.demarrer()
    (reponse, consultation), *_ = plateforme.lire(SIENNE)
    lucie, martine = connecter(plateforme, "lucie"), Poste.de(plateforme, "martine")
    raconter(lucie, reponse)
    laisser_passer(plateforme, reponse)

    champs = {"csrfmiddlewaretoken": jeton(lucie, reponse)}
    attestation = lucie.post(f"/reponses/{reponse}/attestation/", data=champs).content
    dossier = martine.poster(f"/consultations/{consultation}/preuve/").content
    (tmp_path / "cles.json").write_bytes(lucie.get("/journal/cles.json").content)
    plateforme.tuer()

    for preuve in (attestation, dossier):
        code, dit = verifier(preuve, tmp_path)
        assert code == 0 and "NON" not in dit, dit
        dite = tentative(preuve, reponse)
        quoi = [(fait["quoi"], fait["precision"]) for fait in dite["faits"]]
        assert dite["depots"] == []
        (message,) = [precision for nom, precision in quoi if nom == "Message affiché"]
        assert re.fullmatch(
            rf"{re.escape(PERDUE)} Heure du poste : (?:\w+ .+ à )?\d\d:\d\d:\d\d\.", message
        ), message
        assert any(nom == "Fichier 1 : envoi commencé" for nom, _ in quoi)
        assert not any(nom.endswith("reçu et vérifié") for nom, _ in quoi)
        assert any(nom == "Fichier 1 : dernière partie reçue" for nom, _ in quoi)
        assert b"offre.pdf" not in preuve

    for nom in ("preuve.json", "lignes.json"):
        code, dit = verifier(changer(dossier, nom), tmp_path)
        assert code == 1, nom
        assert re.search(rf"NON .*{re.escape(nom)} n'est pas ce que dit le manifeste", dit), dit
