"""Une trace dit la route et l'identifiant, jamais qui ni quoi ; un dépôt s'y lit comme une page."""

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.db import connection
from django.http import HttpResponse

from beffroi.integrations.traces.middleware import DemandesTracees, dits, requetes_comptees
from beffroi.socle.fondations.en_cours import Demande
from beffroi.socle.guichet.demandes import REPONDRE

NOM = "0123456789abcdef0123456789abcdef"
SECRET = "sophie-delattre"
ABSENTE = "l'extra « traces » n'est pas installé : ./beffroi avec BEFFROI_EXTRAS=traces"


@pytest.fixture
def intervalles(settings, monkeypatch):
    """Ce qui partirait au collecteur, gardé ici."""
    pytest.importorskip("opentelemetry.sdk", reason=ABSENTE)
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    from beffroi.integrations.traces import export

    gardes, fournisseur = InMemorySpanExporter(), TracerProvider()
    fournisseur.add_span_processor(SimpleSpanProcessor(gardes))
    monkeypatch.setattr(export, "fournisseur", lambda: fournisseur)
    settings.TRACES = {"adresse": "http://127.0.0.1:4318/v1/traces"}
    settings.SERVEURS_FRONTAUX = "1"
    return gardes


@pytest.fixture
def lire(intervalles, client, db):
    """L'intervalle de cette demande."""

    def demander(chemin, **entetes):
        client.get(chemin, headers={"X-Request-ID": NOM, **entetes})
        return intervalles.get_finished_spans()[-1]

    return demander


def test_l_intervalle_porte_la_route_le_statut_et_le_nom_de_la_demande(lire):
    intervalle = lire("/consultations/")

    assert intervalle.name == "GET consultations/"
    assert intervalle.attributes["http.route"] == "consultations/"
    assert intervalle.attributes["http.response.status_code"] == 200
    assert intervalle.attributes["demande"] == NOM
    assert intervalle.attributes["requetes_sql"] > 0


@pytest.mark.parametrize(
    "chemin",
    [f"/consultations/?q={SECRET}", f"/consultations/{SECRET}/", f"/{SECRET}", f"/api/{SECRET}"],
)
def test_rien_de_ce_qui_est_demande_n_y_est(lire, chemin):
    intervalle = lire(chemin, Cookie=f"session={SECRET}", Authorization=f"Bearer {SECRET}")

    assert SECRET not in intervalle.to_json() and "SELECT" not in intervalle.to_json()
    assert "127.0.0.1" not in intervalle.to_json()


def test_une_trace_commencee_par_un_visiteur_ne_se_suit_pas(lire):
    intervalle = lire("/consultations/", traceparent=f"00-{NOM}-0123456789abcdef-01")

    assert intervalle.parent is None and f"{intervalle.context.trace_id:032x}" != NOM


@pytest.mark.parametrize("statut", [200, 201])
def test_un_depot_s_y_lit_comme_une_page(statut):
    demande = Demande(NOM, "POST", REPONDRE)

    assert dits(demande, statut, 39) == {
        "http.request.method": "POST",
        "http.route": REPONDRE,
        "http.response.status_code": 200,
        "demande": NOM,
    }


@pytest.mark.django_db
def test_les_requetes_se_comptent_sans_se_lire():
    with requetes_comptees() as requetes, connection.cursor() as curseur:
        curseur.execute("SELECT %s", ["secret"])

    assert requetes == [1]


def test_sans_collecteur_rien_ne_se_charge(settings):
    settings.TRACES = {"adresse": ""}

    with pytest.raises(MiddlewareNotUsed):
        DemandesTracees(lambda request: HttpResponse())


def test_le_vrai_envoi_va_au_collecteur_par_lots_et_ne_dit_rien_de_la_machine(settings):
    pytest.importorskip("opentelemetry.sdk", reason=ABSENTE)
    from beffroi.integrations.traces import export

    settings.TRACES = {"adresse": "http://127.0.0.1:4318/v1/traces"}
    fournisseur = export.fournisseur.__wrapped__()
    try:
        assert set(fournisseur.resource.attributes) == {"service.name", "service.version"}
    finally:
        fournisseur.shutdown()
