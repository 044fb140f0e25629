"""Les règles de l'annuaire, sur des valeurs nues."""

from datetime import date

import pytest
from stdnum import luhn

from beffroi.centre.adherents import rules
from beffroi.centre.adherents.rules import Declaration, Partie

BOMY = "216201558"
SIRET = "21620155800014"
PREMIER_JANVIER = date(2027, 1, 1)


def partie(nom: str, *dits: tuple[int, int], reprises=()) -> Partie:
    return Partie(
        siren=BOMY, nom=nom, declarations=[Declaration(*dit) for dit in dits], reprises=reprises
    )


def textes(retenu: rules.EffectifRetenu) -> str:
    return " ".join(motif.texte for motif in retenu.motifs)


@pytest.mark.parametrize("siren", ["21620155", "2162015580", "21620155A", "216201559", "٢١٦٢٠١٥٥٨"])
def test_un_siren_faux_est_refuse(siren):
    assert not rules.siren_juste(siren).favorable


def test_un_siret_d_un_autre_siren_est_refuse():
    decision = rules.siret_de_l_adherent(siret=SIRET, siren="216200535")

    assert "devrait commencer par 216200535" in decision.motifs[0].texte


def test_un_siret_a_la_cle_fausse_est_refuse():
    assert rules.siret_de_l_adherent(siret=SIRET, siren=BOMY).favorable
    assert not luhn.is_valid("21620155800015")
    assert not rules.siret_de_l_adherent(siret="21620155800015", siren=BOMY).favorable


@pytest.mark.parametrize(
    ("saisie", "dit"),
    [
        ("-1", "ne peut pas être négatif"),
        ("−1", "ne peut pas être négatif"),
        ("350.5", "nombre entier"),
        ("350,5", "nombre entier"),
        ("environ 400", "et non « environ 400 »"),
        ("400 agents", "Écrivez seulement un nombre"),
        ("", "Écrivez le nombre d'agents"),
        ("1e3", "Écrivez seulement un nombre"),
        ("٣٥٠", "Écrivez seulement un nombre"),
        ("100001", "trop grand"),
        ("9" * 5000, "trop grand"),
    ],
)
def test_un_effectif_mal_ecrit_est_refuse_d_une_phrase(saisie, dit):
    agents, decision = rules.agents_saisis(saisie)

    assert agents is None
    assert dit in decision.motifs[0].texte


@pytest.mark.parametrize(
    ("saisie", "agents"), [("0", 0), ("350", 350), (" 1 200 ", 1200), ("1\u202f200", 1200)]
)
def test_un_effectif_s_ecrit_en_chiffres(saisie, agents):
    assert rules.agents_saisis(saisie) == (agents, rules.Decision.accord())


def test_la_commune_son_ccas_et_sa_caisse_s_additionnent():
    retenu = rules.retenir(
        annee=2026,
        tete=partie("Bomy", (2026, 300)),
        rattachees=[partie("CCAS", (2026, 45)), partie("Caisse", (2026, 6))],
    )

    assert (retenu.agents, retenu.annee, retenu.est_signale) == (351, 2026, False)
    assert "Bomy 300, CCAS 45, Caisse 6" in textes(retenu)


def test_un_effectif_non_declare_prend_le_dernier_connu_et_le_signale():
    retenu = rules.retenir(annee=2027, tete=partie("Bomy", (2024, 12), (2025, 14)))

    assert (retenu.agents, retenu.annee, retenu.est_signale) == (14, 2025, True)
    assert "non déclaré pour 2027, dernier connu : 14 agents en 2025" in textes(retenu)


def test_un_effectif_jamais_declare_n_est_pas_appele_et_le_signale():
    retenu = rules.retenir(
        annee=2026, tete=partie("Bomy"), rattachees=[partie("CCAS", (2026, 400))]
    )

    assert (retenu.agents, retenu.est_signale) == (None, True)
    assert "n'est pas appelée" in textes(retenu)


def test_un_effectif_d_une_annee_suivante_ne_compte_pas():
    assert rules.retenir(annee=2026, tete=partie("Bomy", (2027, 12))).agents is None


def test_franchir_350_en_cours_d_annee_ne_compte_qu_au_premier_janvier():
    ville = partie("Bomy", (2026, 349), (2027, 351))

    assert rules.retenir(annee=2026, tete=ville).agents == 349
    assert rules.retenir(annee=2027, tete=ville).agents == 351


def test_un_ccas_qui_ne_declare_rien_ne_compte_pas_et_le_signale():
    retenu = rules.retenir(annee=2026, tete=partie("Bomy", (2026, 12)), rattachees=[partie("CCAS")])

    assert (retenu.agents, retenu.est_signale) == (12, True)


def test_la_commune_nouvelle_qui_n_a_rien_declare_prend_ce_qu_elle_a_repris():
    anciennes = [
        (PREMIER_JANVIER, partie("A", (2026, 10))),
        (PREMIER_JANVIER, partie("B", (2026, 7))),
    ]
    nouvelle = partie("Nouvelle", reprises=anciennes)

    assert rules.retenir(annee=2027, tete=nouvelle).agents == 17
    assert rules.retenir(annee=2026, tete=nouvelle).agents is None


def test_ce_qui_est_repris_ne_compte_plus_une_fois_l_effectif_declare():
    nouvelle = partie("Nouvelle", (2027, 15), reprises=[(PREMIER_JANVIER, partie("A", (2026, 10)))])

    assert rules.retenir(annee=2027, tete=nouvelle).agents == 15
    assert rules.retenir(annee=2028, tete=nouvelle).agents == 15


def test_des_definitions_differentes_se_signalent():
    ccas = Partie(siren=BOMY, nom="CCAS", declarations=[Declaration(2026, 3, "etp")])

    assert rules.retenir(annee=2026, tete=partie("Bomy", (2026, 12)), rattachees=[ccas]).est_signale


@pytest.mark.parametrize(
    ("nature", "a", "permis"),
    [
        ("ccas", "commune", True),
        ("ccas", "epci", True),
        ("caisse_des_ecoles", "commune", True),
        ("caisse_des_ecoles", "epci", False),
        ("commune", "epci", False),
        ("ccas", "ccas", False),
    ],
)
def test_on_ne_rattache_que_ce_qui_compte_ensemble(nature, a, permis):
    decision = rules.peut_se_rattacher(
        nature=nature, a=a, a_est_rattache=False, a_des_rattaches=False
    )

    assert decision.favorable is permis


@pytest.mark.parametrize(("deja", "tete"), [(True, False), (False, True)])
def test_un_rattachement_n_a_qu_un_etage(deja, tete):
    decision = rules.peut_se_rattacher(
        nature="ccas", a="commune", a_est_rattache=deja, a_des_rattaches=tete
    )

    assert not decision.favorable


def test_une_suite_de_successeurs_ne_tourne_pas_en_rond():
    assert rules.peut_succeder(ancien=3, nouveau=4, successions={1: 2, 2: 3}).favorable
    assert not rules.peut_succeder(ancien=3, nouveau=1, successions={1: 2, 2: 3}).favorable
    assert not rules.peut_succeder(ancien=3, nouveau=3, successions={}).favorable


def test_on_ne_change_pas_de_successeur():
    assert not rules.peut_succeder(ancien=1, nouveau=3, successions={1: 2}).favorable


@pytest.mark.parametrize(
    ("annee", "constate_le", "fige", "permis"),
    [
        (2027, date(2027, 1, 1), False, True),
        (2028, date(2027, 1, 1), False, True),
        (2029, date(2027, 1, 1), False, False),
        (1999, date(2027, 1, 1), False, False),
        (2027, date(2027, 1, 3), False, False),
        (2027, date(2027, 1, 1), True, False),
    ],
)
def test_un_effectif_se_declare_pour_une_annee_proche_et_une_date_passee(
    annee, constate_le, fige, permis
):
    decision = rules.peut_declarer(
        annee=annee, constate_le=constate_le, aujourd_hui=date(2027, 1, 2), est_fige=fige
    )

    assert decision.favorable is permis


@pytest.mark.parametrize(
    ("siret", "actif", "successeur", "permis"),
    [
        (SIRET, False, "", True),
        ("", False, "", False),
        (SIRET, True, "", False),
        (SIRET, False, "Autre", False),
    ],
)
def test_activer_demande_un_siret_une_seule_fois_et_un_adherent_que_nul_n_a_repris(
    siret, actif, successeur, permis
):
    assert (
        rules.peut_etre_active(siret=siret, est_active=actif, successeur=successeur).favorable
        is permis
    )


def test_une_delegation_se_lit_dans_un_acte_date():
    complet = {
        "sorte": "delegation",
        "acte": "Arrêté 2026-12",
        "depuis_le": date(2026, 1, 1),
        "jusqu_au": None,
    }

    assert rules.pouvoir_complet(**complet).favorable
    assert not rules.pouvoir_complet(**{**complet, "acte": ""}).favorable
    assert not rules.pouvoir_complet(**{**complet, "depuis_le": None}).favorable
    assert not rules.pouvoir_complet(**{**complet, "jusqu_au": date(2025, 12, 31)}).favorable
