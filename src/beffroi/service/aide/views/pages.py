"""L'aide : des pages de texte, sans compte, sans cookie, sans base de données."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from beffroi.service.aide import contenu
from beffroi.socle.guichet.conditionnel import page_de_tous

LONGUEUR_CHERCHEE = 200


@login_not_required
@require_safe
def questions(request: HttpRequest, role: str) -> HttpResponse:
    contexte = {"rubrique": contenu.rubrique(role), "rubriques": contenu.rubriques()}
    return page_de_tous(request, "aide/questions.html", contexte)


@login_not_required
@require_safe
def glossaire(request: HttpRequest) -> HttpResponse:
    return page_de_tous(request, "aide/glossaire.html", {"mots": contenu.glossaire()})


@login_not_required
@require_safe
def chercher(request: HttpRequest) -> HttpResponse:
    texte = request.GET.get("q", "").strip()[:LONGUEUR_CHERCHEE]
    trouvees, mots = contenu.chercher(texte)
    return page_de_tous(
        request, "aide/chercher.html", {"texte": texte, "questions": trouvees, "mots": mots}
    )


@login_not_required
@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    return page_de_tous(request, "aide/contact.html", {})
