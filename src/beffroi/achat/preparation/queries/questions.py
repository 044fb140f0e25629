"""De quel écran vient chaque champ de l'achat : un constat y ramène la personne."""

from django.urls import reverse

from beffroi.achat.consultations.models import Consultation

# Le plus précis d'abord : le premier préfixe qui convient l'emporte.
_ECRANS = (
    ("execution.durabilite", "preparation:criteres"),
    ("execution.ccag", "preparation:conditions"),
    ("execution.financement", "preparation:conditions"),
    ("execution.lieu", "preparation:achat"),
    ("execution.debut", "preparation:calendrier"),
    ("execution.forme_de_prix", "preparation:particularites"),
    ("execution.variation_de_prix", "preparation:particularites"),
    ("execution.clause_de_prix", "preparation:particularites"),
    ("execution.tranches", "preparation:particularites"),
    ("execution.prestations_supplementaires", "preparation:particularites"),
    ("execution.prestations_similaires", "preparation:particularites"),
    ("groupement_de_commandes", "preparation:particularites"),
    ("documents_hors_profil", "preparation:particularites"),
    ("outils_particuliers", "preparation:particularites"),
    ("execution", "preparation:montant"),
    ("valeur_estimee", "preparation:montant"),
    ("techniques", "preparation:montant"),
    ("procedure", "preparation:montant"),
    ("publicite", "preparation:montant"),
    ("allotissement", "preparation:lots"),
    ("criteres", "preparation:criteres"),
    ("dates", "preparation:calendrier"),
    ("offre.pieces", "consultations:preparer_pieces"),
    ("candidature.pieces", "consultations:preparer_pieces"),
    ("documents", "consultations:preparer_documents"),
    ("offre", "preparation:conditions"),
    ("candidature", "preparation:conditions"),
    ("signature", "preparation:conditions"),
    ("copie_de_sauvegarde", "preparation:conditions"),
    ("titre", "preparation:achat"),
    ("objet", "preparation:achat"),
    ("code_cpv", "preparation:achat"),
    ("prestation", "preparation:achat"),
    ("contrat", "preparation:achat"),
)


def adresse_du_champ(consultation: Consultation, champ: str) -> str:
    """La page où ce champ se corrige ; vide s'il ne se corrige pas ici."""
    nom = _page(champ)
    return reverse(nom, args=(consultation.reference,)) if nom else ""


def adresse_de_la_limite(consultation: Consultation) -> str:
    """Le champ même où l'heure limite se tape."""
    return f"{adresse_du_champ(consultation, 'dates.limite')}#id_jour_limite"


def tache_du_champ(champ: str) -> str:
    """La tâche du brouillon où ce champ se corrige ; la première question, faute de mieux."""
    return (_page(champ) or "preparation:achat").split(":")[1].removeprefix("preparer_")


def _page(champ: str) -> str:
    return next(
        (
            page
            for tete, page in _ECRANS
            if champ == tete or champ.startswith((f"{tete}.", f"{tete}["))
        ),
        "",
    )
