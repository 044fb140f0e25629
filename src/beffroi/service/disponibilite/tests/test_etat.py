"""L'état du service dit ce qui est constaté, ce qui ne l'a pas été, et ce que le centre annonce."""

from datetime import UTC, datetime, timedelta

import feedparser
import pytest
from django.db import DatabaseError, IntegrityError, transaction

from beffroi.service.disponibilite import points, queries, rules, services, sondes, taches
from beffroi.service.disponibilite.models import Evenement, Point, Releve
from beffroi.service.disponibilite.tableau import bilan
from beffroi.socle.fondations import horloge
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.fondations.stockage.epreuve import Epreuve
from beffroi.socle.journal.models import Ecriture, JetonQualifie
from beffroi.socle.journal.tests.test_services import MARTINE

pytestmark = pytest.mark.django_db
MIDI = datetime(2026, 11, 26, 11, 0, tzinfo=UTC)
SECONDE = timedelta(seconds=1)


def annoncer(sorte="incident", *, le=MIDI, fin=None, titre="Envois lents"):
    annonce = services.Annonce(
        sorte=sorte, titre=titre, texte="Tout est lent.", commence_le=le, fin_prevue_le=fin
    )
    return services.annoncer(annonce, par=MARTINE, maintenant=le)


def test_sans_constat_la_page_ne_dit_ni_marche_ni_panne(client):
    page = client.get("/etat-du-service/").content.decode()

    assert "Ce que nous avons pu vérifier marche" in page
    assert "Non vérifié" in page


@pytest.mark.parametrize(
    ("age", "ton"),
    [(rules.SILENCE_DE_L_OUVRIER, "ok"), (rules.SILENCE_DE_L_OUVRIER + SECONDE, "attention")],
)
def test_un_ouvrier_muet_est_dit_en_retard(age, ton):
    services.noter_un_releve("ouvrier", bon=True, le=MIDI)

    assert sondes.ouvrier(MIDI + age).ton == ton


@pytest.mark.parametrize(
    ("bon", "age", "ton"),
    [
        (True, timedelta(), "ok"),
        (False, timedelta(), "danger"),
        (True, rules.SILENCE_DU_STOCKAGE + SECONDE, "gris"),
        (False, rules.SILENCE_DU_STOCKAGE + SECONDE, "gris"),
    ],
)
def test_le_stockage_vaut_son_dernier_constat_tant_qu_il_est_frais(bon, age, ton):
    services.noter_un_releve("stockage", bon=bon, le=MIDI)

    assert sondes.stockage(MIDI + age).ton == ton


@pytest.mark.moteurs
def test_la_ronde_essaie_le_stockage_toutes_les_cinq_minutes(monkeypatch):
    essais = []
    monkeypatch.setattr(taches, "eprouver", lambda _: essais.append(1) or [Epreuve("Répondre")])

    for minutes in (0, 1, 5, 6):
        taches.relever(MIDI + timedelta(minutes=minutes))

    assert len(essais) == 2
    assert Releve.objects.get(composant="ouvrier").le == MIDI + timedelta(minutes=6)


def relever(monkeypatch, *epreuves):
    monkeypatch.setattr(taches, "eprouver", lambda _: epreuves)
    taches.relever(MIDI)


def du_point(code):
    return next(point for point in points.points(MIDI) if point.code == code)


def test_un_stockage_qui_refuse_d_ecrire_est_en_panne_et_l_exploitant_sait_quel_geste(monkeypatch):
    relever(monkeypatch, Epreuve("Écrire un fichier", "Le stockage a refusé (AccessDenied).", "…"))

    assert sondes.stockage(MIDI).ton == "danger"
    assert "AccessDenied" not in sondes.stockage(MIDI).phrase
    assert (
        "Écrire un fichier : Le stockage a refusé (AccessDenied)."
        in du_point("stockage").constat.phrase
    )


def test_un_stockage_que_tous_lisent_marche_pour_le_public_et_alerte_l_exploitant(monkeypatch):
    ouvert = Epreuve("Se taire à tout autre", "Le premier venu y lit.", arrete_les_reponses=False)
    relever(monkeypatch, Epreuve("Répondre"), ouvert)

    assert sondes.stockage(MIDI).ton == "ok"
    point = du_point("stockage")
    assert point.ton == "danger" and "Le premier venu y lit." in point.constat.phrase


def test_un_vrai_stockage_est_releve_bon_et_n_en_garde_rien(stockage_a_part, settings):
    taches.relever(MIDI)

    assert du_point("stockage").ton == "ok"
    assert [un for un in settings.STOCKAGE["dossier"].rglob("*") if not un.is_dir()] == []


@pytest.mark.parametrize(
    ("age", "ton"),
    [(rules.COURRIEL_EN_RETARD, "ok"), (rules.COURRIEL_EN_RETARD + SECONDE, "attention")],
)
def test_un_courriel_qui_attend_trop_se_dit_sans_nombre(age, ton):
    Courriel.objects.create(
        cle="x", destinataire="a@b.example", sujet="s", texte="t", ecrit_le=MIDI
    )

    constat = sondes.courriels(MIDI + age)

    assert constat.ton == ton
    assert not any(signe.isdigit() for signe in constat.phrase)


@pytest.mark.moteurs
@pytest.mark.parametrize(
    ("age", "ton"), [(timedelta(hours=26), "ok"), (timedelta(hours=26, seconds=1), "attention")]
)
def test_l_horodatage_se_juge_sur_le_point_du_jour(settings, age, ton):
    settings.HORODATAGE = {**settings.HORODATAGE, "adresses": ["https://tsa.example"]}
    JetonQualifie.objects.create(
        objet="point_de_controle",
        numero=1,
        jeton=b"x",
        autorite="a",
        horodate_le=MIDI,
        recu_le=MIDI,
    )

    assert sondes.horodatage(MIDI + age).ton == ton


def test_sans_service_qualifie_la_page_le_dit(settings):
    settings.HORODATAGE = {**settings.HORODATAGE, "adresses": []}

    assert sondes.horodatage(MIDI).ton == "gris"


def test_la_page_se_rend_quand_la_base_ne_repond_pas(client, monkeypatch):
    def tombe(*_, **__):
        raise DatabaseError("connexion perdue sur db-17")

    for module, noms in (
        (queries, ("en_cours", "fermetures_prochaines")),
        (queries.Courriel.objects, ("filter",)),
    ):
        for nom in noms:
            monkeypatch.setattr(module, nom, tombe)
    monkeypatch.setattr(sondes, "connection", type("Perdue", (), {"cursor": tombe})())

    page = client.get("/etat-du-service/").content.decode()

    assert "Une partie du service est en panne" in page
    assert "n’a pas pu être faite" in page.replace("n'a", "n’a")
    assert "db-17" not in page


@pytest.mark.parametrize(
    ("tons", "ton"),
    [
        (("ok", "ok"), "ok"),
        (("ok", "gris"), "info"),
        (("gris", "attention"), "attention"),
        (("attention", "danger"), "danger"),
    ],
)
def test_le_pire_l_emporte_et_l_inconnu_ne_passe_pas_pour_bon(tons, ton):
    assert bilan([sondes.Sonde("x", sondes.Constat(t, "")) for t in tons], [])[0] == ton


def test_un_incident_se_lit_en_cours_puis_dans_l_historique():
    incident = annoncer()
    en_cours = list(queries.en_cours(MIDI))

    services.donner_la_suite(
        evenement=incident, texte="C'est réparé.", fini=True, par=MARTINE, maintenant=MIDI + SECONDE
    )

    assert en_cours == [incident]
    assert bilan([], en_cours) == ("attention", "Un incident est en cours")
    assert list(queries.en_cours(MIDI + SECONDE)) == []
    assert [p.texte for p in queries.passes(MIDI + SECONDE).get().points.all()] == [
        "C'est réparé.",
        "Tout est lent.",
    ]
    assert not queries.passes(MIDI + timedelta(days=366)).exists()


def test_un_evenement_fini_ne_reprend_pas():
    incident = annoncer()
    suite = {
        "evenement": incident,
        "texte": "Fini.",
        "fini": True,
        "par": MARTINE,
        "maintenant": MIDI,
    }
    services.donner_la_suite(**suite)

    with pytest.raises(ConflitEtat):
        services.donner_la_suite(**suite)
    assert Point.objects.count() == 2


def test_un_second_clic_n_annonce_ni_ne_suit_deux_fois():
    incident, encore = annoncer(), annoncer()
    suite = {
        "evenement": incident,
        "texte": "On cherche.",
        "fini": False,
        "par": MARTINE,
        "maintenant": MIDI,
    }
    for _ in range(2):
        services.donner_la_suite(**suite)

    assert encore == incident
    assert [point.texte for point in incident.points.all()] == ["On cherche.", "Tout est lent."]
    assert Ecriture.objects.filter(sujet=incident.reference).count() == 2


def test_la_base_refuse_une_fin_prevue_avant_le_debut():
    incident = annoncer()

    with pytest.raises(IntegrityError), transaction.atomic():
        Evenement.objects.filter(pk=incident.pk).update(fin_prevue_le=MIDI)


def test_une_maintenance_prevue_dit_sa_fin_et_attend_son_heure():
    with pytest.raises(RegleEnfreinte):
        annoncer("maintenance")
    demain = MIDI + timedelta(days=1)
    maintenance = annoncer("maintenance", le=demain, fin=demain + timedelta(hours=1))

    assert list(queries.prevus(MIDI)) == [maintenance]
    assert list(queries.en_cours(demain)) == [maintenance]


def test_chaque_annonce_est_au_journal():
    incident = annoncer()
    services.donner_la_suite(
        evenement=incident, texte="Encore.", fini=False, par=MARTINE, maintenant=MIDI
    )

    actes = (
        Ecriture.objects.filter(sujet=incident.reference)
        .order_by("numero")
        .values_list("acte", flat=True)
    )
    assert list(actes) == ["service.annoncer", "service.suivre"]


def test_le_flux_garde_l_identifiant_et_avance_avec_la_suite(client):
    incident = annoncer(titre="Envois <lents> & longs")
    premier = feedparser.parse(client.get("/etat-du-service/incidents.atom").content)
    services.donner_la_suite(
        evenement=incident,
        texte="Encore.",
        fini=False,
        par=MARTINE,
        maintenant=MIDI + timedelta(hours=1),
    )
    second = feedparser.parse(client.get("/etat-du-service/incidents.atom").content)

    assert premier.entries[0].id == second.entries[0].id
    assert premier.entries[0].updated < second.entries[0].updated
    assert second.entries[0].title == "Incident : Envois <lents> & longs"


def test_un_flux_inchange_ne_se_renvoie_pas(client):
    incident = annoncer()
    etiquette = client.get("/etat-du-service/incidents.atom")["ETag"]
    inchange = client.get("/etat-du-service/incidents.atom", headers={"If-None-Match": etiquette})
    services.donner_la_suite(
        evenement=incident, texte="Encore.", fini=False, par=MARTINE, maintenant=MIDI
    )
    change = client.get("/etat-du-service/incidents.atom", headers={"If-None-Match": etiquette})

    assert (inchange.status_code, change.status_code) == (304, 200)


def test_un_flux_vide_est_un_flux(client):
    assert feedparser.parse(client.get("/etat-du-service/incidents.atom").content).bozo == 0


@pytest.mark.parametrize(
    ("nombre", "debut"), [(0, "Calme"), (1, "Une consultation"), (3, "3 consultations")]
)
def test_l_affluence_se_dit_d_apres_les_heures_limites(nombre, debut):
    assert rules.affluence(fermetures=nombre).startswith(debut)


def test_la_page_ne_lit_pas_toute_la_base(client, django_assert_max_num_queries):
    for rang in range(5):
        annoncer(titre=f"Incident {rang}", le=horloge.maintenant() - timedelta(hours=1))

    with django_assert_max_num_queries(12):
        assert client.get("/etat-du-service/").status_code == 200
    assert Evenement.objects.count() == 5


LIMITE = MIDI + timedelta(days=3)
HEURE = timedelta(hours=1)


@pytest.mark.parametrize(
    ("debut", "permise"),
    [
        (
            LIMITE - timedelta(hours=26),
            True,
        ),  # finie une minute de plus que vingt-quatre heures avant
        (LIMITE - timedelta(hours=25), False),  # finie vingt-quatre heures avant, à la minute
        (LIMITE - HEURE / 2, False),  # pendant
        (LIMITE, False),
        (LIMITE + timedelta(minutes=1), True),
    ],
)
def test_pas_de_maintenance_a_moins_d_un_jour_d_une_heure_limite(debut, permise):
    decision = rules.maintenance_possible(
        commence_le=debut, fin_prevue_le=debut + HEURE, limites=[LIMITE]
    )
    assert decision.favorable is permise


def test_le_refus_dit_laquelle_et_le_premier_moment_libre():
    limites = [LIMITE + timedelta(hours=20), LIMITE]
    decision = rules.maintenance_possible(
        commence_le=LIMITE - HEURE, fin_prevue_le=LIMITE, limites=limites
    )

    assert "2 consultations ferment" in decision.motifs[0].texte
    libre = rules.premiere_fenetre(depuis=LIMITE - HEURE, duree=HEURE, limites=limites)
    assert libre == LIMITE + timedelta(hours=20, minutes=1)
    assert rules.maintenance_possible(
        commence_le=libre, fin_prevue_le=libre + HEURE, limites=limites
    ).favorable


def test_une_maintenance_qui_gene_est_refusee_a_l_annonce(monkeypatch):
    monkeypatch.setattr(queries, "heures_limites", lambda depuis: [LIMITE])
    with pytest.raises(RegleEnfreinte, match="Premier moment libre"):
        annoncer("maintenance", le=LIMITE - HEURE, fin=LIMITE + HEURE)
    assert not Evenement.objects.exists()
    # Un incident, lui, ne choisit pas son heure.
    annoncer("incident", le=LIMITE - HEURE)


def test_l_affluence_qui_vient_se_compte_par_jour(monkeypatch):
    demain = MIDI + timedelta(days=1)
    monkeypatch.setattr(queries, "heures_limites", lambda depuis: [demain, demain, demain + HEURE])
    jours = queries.previsions(MIDI)

    assert [jour.limites for jour in jours] == [0, 3, *[0] * 13]
    assert (jours[1].pointe, jours[1].a_la_pointe) == (demain, 2)
