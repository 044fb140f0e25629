"""Rien ne s'efface ni ne se retire d'un seul clic (RGAA, 11.12)."""

import re

from beffroi.garde.conformite.tests.test_gabarits_accessibles import TEXTES

DEFAIRE = "|".join(
    (
        "Retirer Effacer Supprimer Révoquer Abandonner Annuler Fermer Arrêter Détruire Tout "
        "Renouveler Récrire Ne"
    ).split()
)
FORMULAIRE = re.compile(r'(?s)<form\b[^>]*method="post"[^>]*\baction="[^"]*"[^>]*>.*?</form>')
SAISIE = r"<textarea|<select|\{% champ|\{% include|\{\{ form|<input(?![^>]*type=\"hidden\")"
# Ce qui se défait aussitôt, de la même page.
SE_DEFAIT = {
    "changer.html": "un retrait préparé se défait à côté, tant que la version n'est pas publiée",
    "programmee.html": "la même publication se programme de nouveau",
    "deactivate_form.html": "sa propre page, à l'adresse qu'allauth veut",
    "a_deux.html": "refuse un partage d'écran, qui se redemande",
    "securite.html": "ferme une séance ouverte ailleurs, qui se rouvre en se connectant",
    "code.html": "un code à dicter, jamais donné, se redemande",
}


def test_un_formulaire_qui_defait_est_sur_sa_propre_page_ou_demande_une_case():
    """Un bouton posé dans une autre page mène à une page qui dit ce qui va se passer,
    ou attend une case cochée.
    """
    fautes = {
        (gabarit.name, formulaire)
        for gabarit, texte in TEXTES.items()
        for formulaire in FORMULAIRE.findall(texte)
        if re.search(rf"<button[^>]*>\s*(?:{DEFAIRE})\b", formulaire)
        and not re.search(SAISIE, formulaire)
    }
    assert {nom for nom, _ in fautes} - SE_DEFAIT.keys() == set()


def test_la_page_de_confirmation_dit_si_l_on_peut_revenir_en_arriere():
    [texte] = [
        texte
        for gabarit, texte in TEXTES.items()
        if gabarit.name == "confirmer.html" and "portail" in str(gabarit.parent)
    ]
    assert "{{ confirmation.defaire }}" in texte and 'href="{{ confirmation.retour }}"' in texte
    assert "<script" not in texte
