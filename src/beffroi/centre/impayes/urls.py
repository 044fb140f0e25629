"""Les adresses des impayés : au centre, et chez l'adhérent sous son adhésion."""

from django.urls import path

from beffroi.centre.impayes.views import adherent, centre

app_name = "impayes"

CENTRE, CHEZ_NOUS = "cdg/impayes/", "adhesion/<str:siret>/impaye/"

urlpatterns = [
    path(CENTRE, centre.liste, name="liste"),
    path(f"{CENTRE}relancer/<str:contribution>/", centre.relancer, name="relancer"),
    path(f"{CENTRE}contestations/<str:reference>/", centre.repondre, name="repondre"),
    path(f"{CENTRE}<str:reference>/", centre.defaut, name="defaut"),
    path(f"{CENTRE}<str:reference>/pieces/<str:piece>/", centre.piece, name="piece"),
    path(f"{CENTRE}<str:reference>/<str:acte>/", centre.agir, name="agir"),
    path(CHEZ_NOUS, adherent.nos_impayes, name="nos_impayes"),
    path(f"{CHEZ_NOUS}<str:contribution>/contester/", adherent.contester, name="contester"),
    path(f"{CHEZ_NOUS}lettres/<str:piece>/", adherent.notre_lettre, name="notre_lettre"),
]
