"""Le journal de sécurité, pour le technicien du centre : le lire, le filtrer, l'emporter."""

from collections.abc import Iterator
from itertools import batched

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from beffroi.garde.conformite import queries
from beffroi.garde.conformite.forms import FiltreForm
from beffroi.garde.conformite.models import TraceDeSecurite
from beffroi.garde.conformite.permissions import ACTES
from beffroi.garde.conformite.queries import Filtre
from beffroi.garde.conformite.rules.securite import CONSERVATION, REFUS_QUI_INSISTENT
from beffroi.garde.conformite.securite import d_ou
from beffroi.garde.conformite.services.securite import Fait, noter
from beffroi.personnes.comptes.decorateurs import connexion_requise, jamais_gardee
from beffroi.personnes.organismes.queries import exiger_au_centre
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import rendre
from beffroi.socle.guichet.telechargements import rendre_un_fichier
from formats.tableur import Cellule, csv_au_fil_de_l_eau

PAR_PAGE, PAR_LOT = 50, 500
ACTE = "lire_le_journal_de_securite"
ENTETES = ("Le", "Fait", "Compte", "Nom", "Objet", "Précision", "Adresse", "Logiciel")


@connexion_requise
@require_safe
@jamais_gardee
def journal(request: HttpRequest) -> HttpResponse:
    """Douze mois de faits, le dernier d'abord."""
    le = maintenant()
    exiger_au_centre(request.user, ACTE, ACTES, le)
    form = FiltreForm(request.GET)
    filtre = form.filtre()
    pages = Paginator(queries.traces(filtre), PAR_PAGE).get_page(request.GET.get("page"))
    contexte = {
        "form": form,
        "pages": pages,
        "lignes": queries.avec_les_noms(pages.object_list),
        "filtre": filtre != Filtre(),
        "jours": CONSERVATION.days,
        "insistent": queries.comptes_qui_insistent(le),
        "seuil": REFUS_QUI_INSISTENT,
    }
    return rendre(request, "conformite/journal_de_securite.html", contexte)


@connexion_requise
@require_safe
@jamais_gardee
def exporter(request: HttpRequest) -> StreamingHttpResponse:
    """Les mêmes lignes, en CSV. L'emporter laisse une trace."""
    le = maintenant()
    exiger_au_centre(request.user, ACTE, ACTES, le)
    noter(Fait.LECTURE, le=le, compte=request.user.reference, **d_ou(request))
    traces = queries.traces(FiltreForm(request.GET).filtre()).filter(le__lte=le)
    contenu = csv_au_fil_de_l_eau(ENTETES, _lignes(traces.iterator(chunk_size=PAR_LOT)))
    return rendre_un_fichier(contenu, "journal-de-securite.csv")


def _lignes(traces: Iterator[TraceDeSecurite]) -> Iterator[tuple[Cellule, ...]]:
    for lot in batched(traces, PAR_LOT):
        for lue in queries.avec_les_noms(lot):
            t = lue.trace
            fait, adresse = t.get_fait_display(), t.adresse or ""
            yield t.le, fait, t.compte, lue.nom, t.objet, t.precision, adresse, t.logiciel
