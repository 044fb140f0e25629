"""La supervision, point par point : son état en un mot, depuis quand, quoi faire ;
l'inconnu ne passe jamais pour bon.
"""

import os
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from beffroi.achat.consultations.models import Consultation
from beffroi.reponse.depots.tests import factories
from beffroi.seance.antivirus import essai
from beffroi.seance.antivirus.rules import Constat, Etat
from beffroi.seance.coffre import protections
from beffroi.seance.coffre.page import Protection
from beffroi.service.disponibilite import points, queries, rules, services, taches
from beffroi.service.disponibilite.models import EtatTenu
from beffroi.service.disponibilite.rules import Gravite
from beffroi.service.restaurations.models import EssaiDeRestauration, Sauvegarde
from beffroi.service.sonde.models import EcartDHorloge, MesureExterieure, MinuteDuServeur
from beffroi.socle.fondations import ecritures, place
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.models import Courriel, Tache
from beffroi.socle.noeuds.horloges import Ecart

TONS_MELES = ("gris", "ok", "attention", "ok", "danger", "danger")
pytestmark = pytest.mark.django_db
MIDI = datetime(2026, 11, 26, 11, 0, tzinfo=UTC)
MINUTE, HEURE, SECONDE, JOUR = (
    timedelta(minutes=1),
    timedelta(hours=1),
    timedelta(seconds=1),
    timedelta(days=1),
)
GO = 10**9


def ton_de(code, le=MIDI):
    return next(point for point in points.points(le) if point.code == code).ton


@pytest.fixture
def lire(technicienne):
    def lue():
        page = technicienne.get("/cdg/supervision/").content.decode()
        return page.replace("’", "'").replace("\xa0", " ")

    return lue


def test_rien_de_constate_n_est_dit_bon(settings):
    settings.HORODATAGE = {**settings.HORODATAGE, "adresses": []}

    tons = {point.code: point.ton for point in points.points(MIDI)}

    inconnus = {
        "depot",
        "stockage",
        "ouvrier",
        "horloge",
        "horodatage",
        "sauvegarde",
        "restauration",
    }
    inconnus |= {"reponses", "occupation", "dehors", "ecriture"}
    assert {code for code, ton in tons.items() if ton == "gris"} == inconnus
    assert tons["antivirus"] == "attention"


def test_chaque_point_a_son_geste_et_un_point_bon_ne_demande_rien():
    lus = points.points(MIDI)

    assert points.GESTES.keys() == {point.code for point in lus}
    assert all((point.quoi_faire == points.RIEN) == (point.ton == "ok") for point in lus)


@pytest.mark.parametrize(
    ("libre", "total", "gravite"),
    [
        (100 * GO, 500 * GO, Gravite.BON),
        (20 * GO, 200 * GO, Gravite.BON),
        (20 * GO - 1, 200 * GO, Gravite.A_SURVEILLER),
        (15 * GO, 100 * GO, Gravite.BON),
        (5 * GO - 1, 100 * GO, Gravite.EN_DEFAUT),
        (5 * GO - 1, 20 * GO, Gravite.BON),
        (0, 0, Gravite.EN_DEFAUT),
    ],
)
def test_la_place_se_juge_en_part_et_en_octets(libre, total, gravite):
    assert rules.gravite_de_la_place(libre=libre, total=total) == gravite


def test_la_place_lue_est_la_plus_petite_de_celles_ou_l_on_ecrit(settings, monkeypatch, tmp_path):
    fichiers = tmp_path / "fichiers"
    settings.DONNEES, settings.STOCKAGE = (
        tmp_path,
        {**settings.STOCKAGE, "sorte": "fichiers", "dossier": fichiers},
    )
    libres = {tmp_path: place.Place(9, 100), fichiers: place.Place(3, 50)}
    monkeypatch.setattr(place, "_du_disque", libres.get)

    assert place.place_libre() == place.Place(3, 50)
    libres.clear()
    assert place.place_libre() is None
    assert ton_de("place") == "gris"


@pytest.mark.parametrize(
    ("attente", "abandonnees", "gravite"),
    [
        (5 * MINUTE, 0, Gravite.BON),
        (5 * MINUTE + SECONDE, 0, Gravite.A_SURVEILLER),
        (HEURE, 0, Gravite.A_SURVEILLER),
        (HEURE + SECONDE, 0, Gravite.EN_DEFAUT),
        (timedelta(), 1, Gravite.A_SURVEILLER),
    ],
)
def test_la_file_se_juge_a_sa_plus_ancienne_tache_et_a_ses_abandons(attente, abandonnees, gravite):
    assert rules.gravite_de_la_file(attente=attente, abandonnees=abandonnees) == gravite


@pytest.mark.parametrize(
    ("reponses", "erreurs", "en_vol", "tons"),
    [
        (1000, 0, 47, ("ok", "ok")),
        (1000, 1, 48, ("attention", "attention")),
        (1000, 41, 63, ("danger", "attention")),
        (1000, 40, 64, ("attention", "danger")),
    ],
)
def test_les_pannes_et_l_occupation_du_dernier_quart_d_heure_se_jugent(
    reponses, erreurs, en_vol, tons
):
    assert (ton_de("reponses"), ton_de("occupation")) == ("gris", "gris")
    MinuteDuServeur.objects.create(
        minute=MIDI, reponses=reponses, erreurs=erreurs, en_vol=en_vol, places=64, notee_le=MIDI
    )

    assert (ton_de("reponses"), ton_de("occupation")) == tons
    assert ton_de("reponses", MIDI + 16 * MINUTE) == "gris"


@pytest.mark.parametrize(
    ("tenue_s", "attente_s", "ton"),
    [
        (29, 4.9, "ok"),
        (30, 0.1, "attention"),
        (1, 5.1, "attention"),
        (54, 0.1, "danger"),
        (1, 15.1, "danger"),
    ],
)
def test_l_ecriture_se_juge_a_sa_minute_la_plus_prise_et_a_sa_plus_longue_attente(
    settings, tmp_path, tenue_s, attente_s, ton
):
    settings.DONNEES = tmp_path
    ecritures.noter(attente_s=0, tenue_s=tenue_s, le=MIDI - 2 * MINUTE)
    ecritures.noter(attente_s=attente_s, tenue_s=0.5, le=MIDI - 20 * MINUTE)

    assert ton_de("ecriture") == ton
    assert ton_de("ecriture", MIDI + HEURE) == "gris"


def test_la_limite_de_sqlite_se_dit_avec_ses_mesures_et_ce_qu_il_faut_faire(
    lire, settings, tmp_path
):
    settings.DONNEES = tmp_path
    ecritures.noter(attente_s=7.25, tenue_s=40, le=maintenant() - 5 * MINUTE)

    page = lire()
    assert "prise 67 % d'une minute" in page
    assert "la plus longue attente a été de 7,2 s" in page
    assert "Au-delà de 50 % d'une minute ou de 5 s d'attente" in page
    assert "passez à PostgreSQL" in page


@pytest.mark.parametrize(
    ("suite", "ton"),
    [
        ("", "gris"),
        ("o", "ok"),
        ("x", "attention"),
        ("oxx", "attention"),
        ("xxx", "danger"),
        ("xxxo", "ok"),
    ],
)
def test_le_dehors_vaut_ses_dernieres_mesures(settings, suite, ton):
    settings.SONDES_EXTERIEURES = {"lille": "j" * 32}
    for rang, signe in enumerate(suite):
        le = MIDI - (len(suite) - rang) * MINUTE
        MesureExterieure.objects.create(source="lille", le=le, reussie=signe == "o", notee_le=le)

    assert ton_de("dehors") == ton


def test_une_sonde_qui_se_tait_empeche_de_dire_que_le_dehors_est_bon(settings):
    settings.SONDES_EXTERIEURES = {"lille": "j" * 32, "lyon": "k" * 32}
    MesureExterieure.objects.create(source="lille", le=MIDI, reussie=True, notee_le=MIDI)

    constat = points.dehors(MIDI)
    assert (constat.ton, constat.phrase) == ("gris", "lille nous atteint ; lyon se tait.")


def test_une_tache_que_l_on_retentera_plus_tard_n_attend_personne():
    def tache(**champs):
        Tache.objects.create(
            **{"chemin": "x", "arguments": {}, "creee_le": MIDI, "pas_avant": MIDI, **champs}
        )

    tache(pas_avant=MIDI - HEURE)
    tache(pas_avant=MIDI + HEURE)
    tache(etat="abandonnee", finie_le=MIDI - JOUR)
    tache(etat="abandonnee", finie_le=MIDI - 8 * JOUR)

    assert queries.file_des_travaux(MIDI) == queries.File(1, MIDI - HEURE, 1)


def test_le_centre_lit_combien_de_courriels_attendent():
    Courriel.objects.create(
        cle="x", destinataire="a@b.example", sujet="s", texte="t", ecrit_le=MIDI
    )

    assert points.courriels(MIDI).phrase.endswith("En attente : 1.")


def test_la_boite_de_l_assistance_dit_ce_qui_attend_et_ce_qui_est_mis_de_cote(settings, tmp_path):
    assert ton_de("boite") == "ok"
    settings.BOITE_DES_COURRIELS = tmp_path
    assert ton_de("boite") == "danger"

    (tmp_path / "new").mkdir()
    assert ton_de("boite") == "ok"
    (tmp_path / "new" / "1").touch()
    os.utime(tmp_path / "new" / "1", (MIDI.timestamp(),) * 2)
    assert (ton_de("boite", MIDI + 15 * MINUTE), ton_de("boite", MIDI + 16 * MINUTE)) == (
        "ok",
        "attention",
    )


@pytest.mark.parametrize(
    ("dossier", "dit"),
    [
        ("illisibles", "sans être lus : 2, dans illisibles/"),
        ("de_trop", "une heure : 2, dans de_trop/"),
    ],
)
def test_un_courriel_mis_de_cote_se_voit_avec_ce_qu_il_faut_faire(settings, tmp_path, dossier, dit):
    settings.BOITE_DES_COURRIELS = tmp_path
    (tmp_path / "new").mkdir()
    (tmp_path / dossier).mkdir()
    for nom in "ab":
        (tmp_path / dossier / nom).touch()

    point = next(point for point in points.points(MIDI) if point.code == "boite")
    assert (point.ton, dit in point.constat.phrase) == ("attention", True)
    assert "remettez-le dans new/" in point.quoi_faire


@pytest.mark.parametrize(
    ("age", "gravite"),
    [
        (26 * HEURE, Gravite.BON),
        (26 * HEURE + SECONDE, Gravite.A_SURVEILLER),
        (50 * HEURE + SECONDE, Gravite.EN_DEFAUT),
        (-4 * MINUTE, Gravite.BON),
        (-6 * MINUTE, Gravite.INCONNU),
    ],
)
def test_une_sauvegarde_vaut_l_age_de_son_temoin(settings, tmp_path, age, gravite):
    settings.TEMOIN_DE_SAUVEGARDE = tmp_path / "temoin"
    settings.TEMOIN_DE_SAUVEGARDE.touch()
    faite = (MIDI - age).timestamp()
    os.utime(settings.TEMOIN_DE_SAUVEGARDE, (faite, faite))

    assert ton_de("sauvegarde") == gravite


def test_un_temoin_regle_et_jamais_ecrit_est_un_defaut(settings, tmp_path):
    settings.TEMOIN_DE_SAUVEGARDE = tmp_path / "jamais"
    assert ton_de("sauvegarde") == "danger"

    settings.TEMOIN_DE_SAUVEGARDE = tmp_path / "temoin" / "dessous"
    (tmp_path / "temoin").touch()
    assert ton_de("sauvegarde") == "gris"


def test_la_sauvegarde_la_plus_recente_l_emporte(settings, tmp_path):
    settings.TEMOIN_DE_SAUVEGARDE = tmp_path / "jamais"
    copie = {
        "nom": "s",
        "duree_ms": 1,
        "sha256": "0" * 64,
        "octets": 1,
        "fichiers": 0,
        "octets_des_fichiers": 0,
    }
    Sauvegarde.objects.create(commencee_le=MIDI - 30 * HEURE, **copie)
    assert ton_de("sauvegarde") == "attention"

    settings.TEMOIN_DE_SAUVEGARDE.touch()
    os.utime(settings.TEMOIN_DE_SAUVEGARDE, (MIDI.timestamp(), MIDI.timestamp()))
    assert ton_de("sauvegarde") == "ok"


@pytest.mark.parametrize(
    ("age", "faute", "ton", "dit"),
    [
        (JOUR, "", "ok", "aurait fait perdre 2\N{NO-BREAK SPACE}h d'actes"),
        (93 * JOUR, "", "attention", "a réussi"),
        (JOUR, "écriture n° 12 illisible", "danger", "a échoué : écriture n° 12 illisible"),
    ],
)
def test_un_essai_de_restauration_se_dit_avec_sa_faute_et_son_age(age, faute, ton, dit):
    EssaiDeRestauration.objects.create(
        commence_le=MIDI - age,
        nom="s",
        reussi=not faute,
        faute=faute,
        fautes=bool(faute),
        restauration_ms=1,
        derniere_ecriture_le=MIDI - age - 2 * HEURE,
    )

    constat = points.restauration(MIDI)
    assert (constat.ton, dit in constat.phrase) == (ton, True)


def test_l_horloge_vaut_son_dernier_releve_tant_qu_il_est_frais(settings):
    settings.SONDE = {**settings.SONDE, "horloges": ["ntp:a"], "seuil_ms": 1000}
    assert ton_de("horloge") == "gris"
    EcartDHorloge.objects.create(le=MIDI, source="ntp:a", ecart_ms=3, marge_ms=1, notee_le=MIDI)
    assert (ton_de("horloge"), ton_de("horloge", MIDI + HEURE)) == ("ok", "gris")

    EcartDHorloge.objects.create(le=MIDI, source="ntp:b", ecart_ms=-2000, marge_ms=1, notee_le=MIDI)
    assert ton_de("horloge") == "danger"


@pytest.mark.parametrize(
    ("bon", "moteur", "age", "ton"),
    [
        (True, "ClamAV 1.4.1/27468/Wed Nov 25 09:40:00 2026", timedelta(), "ok"),
        (True, "ClamAV 1.4.1/27468/Tue Nov 10 09:40:00 2026", timedelta(), "attention"),
        (True, "ClamAV 1.4.6/27800/Wed Nov 25 2026", timedelta(), "ok"),
        (True, "un autre moteur", timedelta(), "attention"),
        (False, "ClamAV 1.4.1/27468/Wed Nov 25 09:40:00 2026", timedelta(), "danger"),
        (True, "ClamAV 1.4.1/27468/Wed Nov 25 09:40:00 2026", 16 * MINUTE, "gris"),
    ],
)
def test_l_antivirus_vaut_son_dernier_essai_et_l_age_de_ses_signatures(
    monkeypatch, bon, moteur, age, ton
):
    monkeypatch.setattr(essai, "est_relie", lambda: True)
    services.noter_un_releve("antivirus", bon=bon, le=MIDI, dit=moteur)

    assert ton_de("antivirus", MIDI + age) == ton


def test_la_ronde_fait_lire_le_fichier_d_essai_a_l_antivirus(monkeypatch):
    dits = iter([Constat(Etat.INFECTE, menace="Eicar", moteur="m"), Constat(Etat.SAIN, moteur="m")])
    monkeypatch.setattr(essai, "essayer", lambda: next(dits))
    monkeypatch.setattr(essai, "est_relie", lambda: True)

    taches.relever_l_antivirus(MIDI)
    assert ton_de("antivirus") == "attention"
    taches.relever_l_antivirus(MIDI + MINUTE)
    assert ton_de("antivirus", MIDI + MINUTE) == "danger"


def test_un_etat_garde_l_heure_ou_il_a_commence(settings, tmp_path):
    settings.TEMOIN_DE_SAUVEGARDE = tmp_path / "temoin"
    for minutes in (0, 1, 2):
        taches.relever(MIDI + minutes * MINUTE)
    assert EtatTenu.objects.get(point="sauvegarde").depuis == MIDI

    settings.TEMOIN_DE_SAUVEGARDE.touch()
    os.utime(settings.TEMOIN_DE_SAUVEGARDE, (MIDI.timestamp(), MIDI.timestamp()))
    # Changé depuis la dernière ronde : la page ne lui prête pas l'heure de l'état d'avant.
    assert (
        next(p for p in points.points(MIDI + 3 * MINUTE) if p.code == "sauvegarde").depuis is None
    )
    taches.relever(MIDI + 4 * MINUTE)
    tenu = EtatTenu.objects.get(point="sauvegarde")
    assert (tenu.ton, tenu.depuis) == ("ok", MIDI + 4 * MINUTE)


def test_les_heures_limites_sont_celles_du_jour_de_paris():
    consultation = factories.consultation()
    paris = ZoneInfo("Europe/Paris")
    du_jour = datetime(2026, 11, 26, 23, 30, tzinfo=paris)
    Consultation.toutes.filter(pk=consultation.pk).update(date_limite_remise=du_jour)

    soir = queries.heures_du_jour(datetime(2026, 11, 26, 22, 0, tzinfo=paris))
    assert [(heure.le, heure.combien, heure.passee) for heure in soir] == [(du_jour, 1, False)]
    assert queries.heures_du_jour(datetime(2026, 11, 26, 23, 59, tzinfo=paris))[0].passee
    assert queries.heures_du_jour(datetime(2026, 11, 25, 23, 59, tzinfo=paris)) == []
    assert (
        queries.jour_de_pointe(datetime(2026, 11, 25, 12, 0, tzinfo=paris)).jour == du_jour.date()
    )


def test_la_page_dit_chaque_point_en_mots_et_ce_qui_n_est_pas_connu(lire):
    page = lire()

    assert "Aucun essai de restauration n'est connu." in page
    assert all(point.nom in page for point in points.points(maintenant()))
    assert "Aucune heure limite ne tombe aujourd'hui." in page
    assert f"sur {len(points.POINTS)}." in page and "Inconnu" in page


def un_point(ton, code="x"):
    return points.Point(code, "x", points.Constat(ton, ""))


def test_le_bilan_nomme_le_pire_d_abord():
    lus = [un_point("gris"), un_point("danger"), un_point("ok")]

    assert points.bilan(lus) == "Le pire d'abord : 1 en défaut, 1 inconnu, sur 3."
    assert points.bilan([un_point("ok")]) == "Tous les points sont bons."


def test_la_page_montre_le_pire_d_abord_puis_l_ordre_ou_une_panne_se_cherche():
    lus = [un_point(ton, code) for code, ton in zip("abcdef", TONS_MELES, strict=True)]

    assert "".join(point.code for point in points.du_pire_au_meilleur(lus)) == "efcabd"


def test_une_memoire_qui_ne_se_verrouille_pas_se_surveille(monkeypatch):
    refus = {Protection.VERROUILLEE: "Cannot allocate memory"}
    monkeypatch.setattr(protections, "essayer", lambda: protections.Accordees(refus, 0))

    assert ton_de("coffre") == Gravite.A_SURVEILLER


def test_une_memoire_verrouillee_est_bonne(monkeypatch):
    monkeypatch.setattr(protections, "essayer", lambda: protections.Accordees({}, 8 << 20))

    assert ton_de("coffre") == Gravite.BON


@pytest.mark.parametrize(
    ("ecarts", "ton"),
    [
        ({"a": (3, 1), "b": (-12, 1)}, Gravite.BON),
        ({"a": (600, 1), "b": (-600, 1)}, Gravite.A_SURVEILLER),
        ({"a": (3, 1), "b": (-3000, 1)}, Gravite.EN_DEFAUT),
        ({}, Gravite.INCONNU),
    ],
)
def test_deux_noeuds_qui_s_ecartent_se_disent(ecarts, ton, monkeypatch):
    vues = {nom: Ecart(*ecart) for nom, ecart in ecarts.items()}
    monkeypatch.setattr(points, "horloges_des_noeuds", lambda: vues)
    monkeypatch.setattr(points.connection, "vendor", "postgresql")

    assert points.noeuds(MIDI).ton == ton


def test_le_noeud_decale_se_nomme_et_dans_quel_sens(monkeypatch):
    monkeypatch.setattr(points, "horloges_des_noeuds", lambda: {"srv-b": Ecart(-3000, 1)})
    monkeypatch.setattr(points.connection, "vendor", "postgresql")

    assert "srv-b est en retard de 3000 ms sur la base" in points.noeuds(MIDI).phrase
    assert "chronyc" in points.GESTES["noeuds"]
