"""S'inscrire comme le fait n'importe qui : une adresse, un mot de passe, un SIRET que l'on dit."""

from typing import Any

from tests.parcours.gestes.courriels import lettre, texte_de
from tests.plateforme import Plateforme

MOT_DE_PASSE = "quatre mots bien choisis"


def soeur(siret: str) -> str:
    """Un autre établissement du même SIREN, à la clé juste, que nul n'a jamais dit."""
    chiffres = "".join(siret.split())
    for fin in range(100_000, 0, -1):
        essai = chiffres[:9] + f"{fin:05d}"[-5:]
        if essai != chiffres and cle_juste(essai):
            return essai
    raise AssertionError(siret)


def cle_juste(siret: str) -> bool:
    doubles = (int(c) * (1 + rang % 2) for rang, c in enumerate(reversed(siret)))
    return sum(somme - 9 if somme > 9 else somme for somme in doubles) % 10 == 0


def s_inscrire(page: Any, courriel: str, *, siret: str, nom: str = "Rivale Concurrente") -> None:
    page.goto("/compte/inscription/?next=/entreprise/")
    champs = {
        "email": courriel,
        "password1": MOT_DE_PASSE,
        "nom": nom,
        "raison_sociale": "Rivale et fils",
        "siret": siret,
    }
    for champ, valeur in champs.items():
        page.locator(f"[name={champ}]").fill(valeur)
    with page.expect_navigation():
        page.get_by_role("button", name="Créer mon compte").click()
    page.wait_for_url("**/entreprise/")


def confirmer_l_adresse(page: Any, plateforme: Plateforme, courriel: str) -> None:
    """Suit le lien reçu, dans la séance qui vient de s'ouvrir."""
    recue = lettre(plateforme, courriel, "Votre compte est ouvert")
    page.goto(next(mot for mot in texte_de(recue).split() if "/adresse/confirmer/" in mot))
    with page.expect_navigation():
        page.get_by_role("button", name="Oui, c’est mon adresse").click()
