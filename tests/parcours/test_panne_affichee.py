"""Le serveur meurt pendant un dépôt :
ce que l'entreprise a lu, sa preuve le redit mot pour mot, avec la cause et l'heure.
"""

import json
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.parcours.depot import (
    MEGA,
    aller_aux_pieces,
    attendre_page,
    attendre_recus,
    choisir,
    commencer,
    fichiers,
    rapportees,
    retenir,
)
from tests.parcours.gestes.confiance import connue
from tests.plateforme import Plateforme
from tests.serveurs.souche import beffroi

MINUTE = "%Y%m%dT%H%M%z"
BANNIERE = "[data-avis] .banniere"


def lu(page: Any, selecteur: str) -> str:
    """Le titre et la phrase d'une bannière, tels qu'ils s'y lisent."""
    banniere = page.locator(selecteur).first
    banniere.wait_for(timeout=60_000)
    return ". ".join(
        " ".join(mots.split()) for mots in banniere.locator("> p:not(.actions)").all_text_contents()
    )


def vieillir(plateforme: Plateforme) -> None:
    """Les cahiers reculent d'un quart d'heure : finis, l'ouvrier peut les relever."""
    for cahier in sorted((plateforme.dossier / "cahiers").glob("*.jsonl")):
        minute, _, reste = cahier.name.partition("-")
        avant = datetime.strptime(minute, MINUTE) - timedelta(minutes=15)
        cahier.rename(cahier.with_name(f"{avant:{MINUTE}}-{reste}"))
    plateforme.finir_le_travail()


def attester(page: Any, reponse: str, vers: Path) -> dict[str, Any]:
    """L'attestation, par son bouton ;
    vérifiée hors ligne, elle rend ce qu'elle dit de cette tentative.
    """
    page.goto(f"/reponses/{reponse}/")
    with page.expect_download() as attente:
        page.get_by_role("button", name="Télécharger l’attestation").click()
    attente.value.save_as(vers)
    fait = beffroi("verifier", str(vers), *connue(page, vers.parent))
    assert fait.returncode == 0 and "NON" not in fait.stdout, fait.stdout + fait.stderr
    with zipfile.ZipFile(vers) as archive:
        (tentative,) = json.loads(archive.read("preuve.json"))["tentatives"]
    return dict(tentative)


def le_message(tentative: dict[str, Any], texte: str) -> dict[str, Any]:
    (dit,) = [
        f
        for f in tentative["faits"]
        if f["quoi"] == "Message affiché" and f["precision"].startswith(texte)
    ]
    return dict(dit)


def attendre_le_rapport(page: Any, plateforme: Plateforme, reponse: str, texte: str) -> None:
    attendre_page(
        page, lambda: texte in [trace["texte"] for trace in rapportees(plateforme, reponse)]
    )


def test_le_serveur_meurt_pendant_l_envoi(ouvrir, plateforme, tmp_path):
    page = ouvrir()
    reponse = commencer(page, plateforme)
    aller_aux_pieces(page, reponse)
    passees, retenues, relacher = retenir(page, apres=1)
    choisir(page, fichiers(tmp_path, memoire_technique=26 * MEGA)["memoire_technique"])
    attendre_page(page, lambda: passees and retenues)

    plateforme.tuer()
    try:
        mort_le = datetime.now(UTC)
        relacher()
        message = lu(page, BANNIERE)
        lu_le = datetime.now(UTC)
    finally:
        plateforme.demarrer()
    attendre_recus(page, 1)
    attendre_le_rapport(page, plateforme, reponse, message)
    vieillir(plateforme)

    assert message.startswith("Connexion perdue. Rien n’est perdu")
    tentative = attester(page, reponse, tmp_path / "attestation.zip")
    dit = le_message(tentative, message)
    assert "cause : reseau" in dit["precision"]
    assert (
        mort_le
        <= datetime.fromisoformat(dit["heure_du_poste"])
        <= lu_le
        <= datetime.fromisoformat(dit["le"])
    )
    assert tentative["depots"] == []
