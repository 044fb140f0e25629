"""CCP, art. R. 2151-3, R. 2132-12, 6°, et R. 2151-15 :
validité, visites, échantillons (RC-36, RC-40, RC-41).
"""

import pytest

from tests.droit.achats import achat, constats, exige, gravites, offre, rapport, reglement, texte

pytestmark = pytest.mark.article("CCP", "R. 2151-3")
VALIDITE = "offre.validite_en_jours"


@pytest.mark.parametrize(
    "jours,attendues", [(59, ["avertissement"]), (60, []), (270, []), (271, ["avertissement"])]
)
def test_la_validite_laisse_le_temps_d_attribuer(jours, attendues):
    assert gravites(constats("RC-36", achat(offre=offre(validite_en_jours=jours)))) == attendues


@pytest.mark.parametrize(
    "jours,quoi,remede",
    [
        (
            None,
            "On ne sait pas combien de temps les offres engagent.",
            "Fixez la durée de validité des offres.",
        ),
        (
            30,
            "La durée de validité des offres est bien courte.",
            "Choisissez une durée qui laisse le temps d'attribuer, sans décourager.",
        ),
    ],
)
def test_une_validite_absente_ou_trop_courte_avertit(jours, quoi, remede):
    exige(
        "RC-36",
        "avertissement",
        VALIDITE,
        quoi,
        remede,
        projet=achat(offre=offre(validite_en_jours=jours)),
    )


@pytest.mark.parametrize(
    "phrase,attendues",
    [
        ("Les candidats restent engagés par leur offre pendant 90 jours.", ["avertissement"]),
        ("Les candidats restent engagés par leur offre pendant quatre mois.", []),
        ("Les candidats restent engagés par leur offre pendant six mois.", ["avertissement"]),
    ],
)
def test_la_meme_duree_partout_quatre_mois_valent_120_jours(phrase, attendues):
    assert (
        gravites(constats("RC-36", achat(), lu=reglement({"restent engagés": phrase}))) == attendues
    )


def test_une_autre_duree_dit_quoi_faire():
    lu = reglement(
        {"restent engagés": "Les candidats restent engagés par leur offre pendant 90 jours."}
    )
    quoi = "Le règlement donne une autre durée de validité des offres."

    exige(
        "RC-36",
        "avertissement",
        VALIDITE,
        quoi,
        "Donnez la même durée partout.",
        projet=achat(),
        lu=lu,
    )


def test_la_validite_tue_avertit():
    lu = reglement({"restent engagés": ""})
    quoi = "Le règlement ne dit pas combien de temps les offres engagent."

    exige(
        "RC-36",
        "avertissement",
        VALIDITE,
        quoi,
        "Ajoutez la durée de validité des offres.",
        projet=achat(),
        lu=lu,
    )


def test_une_visite_obligatoire_sans_creneau_avertit():
    projet = achat(offre=offre(visite="Visite des combles.", visite_obligatoire=True))
    quoi = "Une visite est obligatoire, sans dire quand ni comment la demander."

    exige(
        "RC-40",
        "avertissement",
        "offre.visite",
        quoi,
        "Ajoutez les dates de visite, ou le contact.",
        projet=projet,
    )


def test_une_visite_avec_rendez_vous_ne_dit_rien():
    assert (
        constats(
            "RC-40",
            achat(offre=offre(visite="Sur rendez-vous à la mairie.", visite_obligatoire=True)),
        )
        == ()
    )


@pytest.mark.parametrize("jour,attendues", [(11, []), (12, ["avertissement"])])
def test_une_visite_precede_l_heure_limite(jour, attendues):
    lu = reglement(en_plus=(f"Une visite a lieu le {jour} janvier 2027 à 9 h.",))

    assert gravites(constats("RC-40", achat(), lu=lu)) == attendues


@pytest.mark.parametrize(
    "projet,phrases,quoi,remede",
    [
        (
            achat(),
            ("Une visite a lieu le 14 janvier 2027 à 9 h.",),
            "Une visite a lieu trop tard pour remettre une offre.",
            "Avancez la visite, ou reculez l'heure limite.",
        ),
        (
            achat(offre=offre(visite="Sur rendez-vous.", visite_obligatoire=True)),
            (),
            "La visite est obligatoire, et le règlement n'en parle pas.",
            "Ajoutez les dates, le contact et l'attestation de visite.",
        ),
    ],
)
def test_une_visite_trop_tardive_ou_tue_avertit(projet, phrases, quoi, remede):
    exige(
        "RC-40",
        "avertissement",
        "offre.visite",
        quoi,
        remede,
        projet=projet,
        lu=reglement(en_plus=phrases),
    )


ECHANTILLONS = achat(
    offre=offre(echantillons="Trois tuiles, à la mairie, 62960 Bomy, de 9 h à 12 h.")
)


@pytest.mark.article("CCP", "R. 2132-12, 6°")
@pytest.mark.article("CCP", "R. 2151-15")
@pytest.mark.parametrize(
    "projet,phrases,quoi,remede",
    [
        (
            achat(offre=offre(echantillons="Trois tuiles.")),
            (),
            "Des échantillons sont demandés, sans dire où les remettre.",
            "Ajoutez l'adresse et les horaires.",
        ),
        (
            ECHANTILLONS,
            (),
            "Des échantillons sont demandés, et le règlement n'en parle pas.",
            "Ajoutez ce qu'il faut remettre, où et quand.",
        ),
        (
            achat(),
            ("Des échantillons sont remis à la mairie.",),
            "Le règlement demande des échantillons que la consultation ne prévoit pas.",
            "Prévoyez-les dans la consultation, ou ôtez-les du règlement.",
        ),
    ],
)
def test_des_echantillons_mal_dits_avertissent(projet, phrases, quoi, remede):
    exige(
        "RC-41",
        "avertissement",
        "offre.echantillons",
        quoi,
        remede,
        projet=projet,
        lu=reglement(en_plus=phrases),
    )


@pytest.mark.article("CCP", "R. 2132-12, 6°")
def test_des_echantillons_bien_dits_ne_disent_rien():
    lu = reglement(en_plus=("Trois échantillons de tuile sont remis à la mairie.",))

    assert constats("RC-41", ECHANTILLONS, lu=lu) == ()


@pytest.mark.parametrize(
    ("phrase", "attendues"),
    [
        ("Le présent engagement lie le candidat par son offre pendant 120 jours.", []),
        ("Le titulaire reste engagé par son offre pendant quatre mois.", []),
        (
            "L'offre est valable 90 jours à compter de la date limite de remise des offres.",
            ["avertissement"],
        ),
        ("Durée de validité de l'offre du candidat : 180 jours.", ["avertissement"]),
        ("Le délai d'exécution est de 90 jours.", []),
        ("Le paiement a lieu sous 30 jours.", []),
    ],
)
def test_l_acte_d_engagement_donne_la_meme_validite(phrase, attendues):
    trouves = rapport(achat(), lu=reglement(), actes=(texte(phrase),)).du("RC-36")

    assert gravites(trouves) == attendues
    assert all("acte d'engagement" in constat.trouve for constat in trouves)
