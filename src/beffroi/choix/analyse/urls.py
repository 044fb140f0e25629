"""Les adresses de l'analyse : une page par lot, et ce qui s'y fait.

Sans lot, le numéro est zéro.
"""

from django.urls import path

from beffroi.choix.analyse.views import lot, notes, offres, resultats

app_name = "analyse"

CETTE = "consultations/<str:reference>/analyse"
LOT = f"{CETTE}/lot-<int:numero>"

urlpatterns = [
    path(f"{CETTE}/", lot.accueil, name="accueil"),
    path(f"{CETTE}/evaluateurs/", lot.evaluateurs, name="evaluateurs"),
    path(f"{LOT}/", lot.lot, name="lot"),
    path(f"{LOT}/grille/", lot.grille, name="grille"),
    path(f"{LOT}/notes/", notes.notes, name="notes"),
    path(f"{LOT}/notes/case/", notes.case, name="case"),
    path(f"{LOT}/notes/<str:offre>/", notes.commentaires, name="commentaires"),
    path(f"{LOT}/comparaison/", notes.comparaison, name="comparaison"),
    path(f"{LOT}/comparaison/<str:offre>/", notes.retenir, name="retenir"),
    path(f"{LOT}/offres/<str:offre>/", offres.offre, name="offre"),
    path(f"{LOT}/offres/<str:offre>/prix/", offres.prix, name="prix"),
    path(f"{LOT}/offres/<str:offre>/qualifier/", offres.qualifier, name="qualifier"),
    path(f"{LOT}/offres/<str:offre>/variante/", offres.variante, name="variante"),
    path(f"{LOT}/classement/", resultats.classement, name="classement"),
    path(f"{LOT}/classement/question/", resultats.question, name="question"),
    path(f"{LOT}/rapport/", resultats.rapport, name="rapport"),
    path(f"{LOT}/rapport.<str:extension>", resultats.rapport_fichier, name="rapport_fichier"),
    path(f"{LOT}/notes.<str:extension>", resultats.export, name="export"),
]
