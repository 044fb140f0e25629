"""Du constat au verdict, défaut par défaut :
le plus certain l'emporte, et rien n'est dit valable tant qu'un reste.
"""

from datetime import timedelta

import pytest
from asn1crypto import x509

from formats.signature import Etat, Verdict, jugement
from formats.signature.confiance import JugementDuCertificat
from formats.signature.jugement import Constat, conclure
from formats.signature.temps import TOLERANCE, Temps
from formats.signature.tests import pki
from formats.signature.verdict import ECHECS, PHRASES, verdict_de

PROUVE = Temps(declaree=pki.SIGNE_LE, existait_le=pki.RECU_LE)
SUR = JugementDuCertificat("", revocation_verifiee=True)


@pytest.fixture
def conclu(monkeypatch):
    def rendre(juge: JugementDuCertificat = SUR, **change):
        monkeypatch.setattr(jugement, "juger_le_certificat", lambda *_: juge)
        constat = {
            "format": "PAdES",
            "niveau": "B-B",
            "disposition": "enveloppée",
            "temps": PROUVE,
            "intacte": True,
            "valide": True,
            "certificat": x509.Certificate.load(pki.porteur().der),
            "algorithmes": "SHA-256",
            "couverture": "Tout.",
            "couvre_tout": True,
            "empreinte_signee": "",
        }
        return conclure(Constat(**{**constat, **change}))

    return rendre


def etats(signature) -> dict[str, Etat]:
    return {controle.cle: controle.etat for controle in signature.controles}


RESERVE = ("SIG_CONSTRAINTS_FAILURE", "Une page a été ajoutée.")
# Du plus certain au moins certain : chacun l'emporte sur tous ceux qui le suivent.
DEFAUTS = [
    ({"intacte": False}, "HASH_FAILURE"),
    ({"valide": False}, "SIG_CRYPTO_FAILURE"),
    ({"faible": True}, "CRYPTO_CONSTRAINTS_FAILURE"),
    ({"reserve": RESERVE}, "SIG_CONSTRAINTS_FAILURE"),
    ({"certificat": "REVOKED"}, "REVOKED"),
    (
        {"temps": Temps(pki.RECU_LE + TOLERANCE + timedelta(seconds=1), existait_le=pki.RECU_LE)},
        "TIMESTAMP_ORDER_FAILURE",
    ),
    ({"revocation": False}, "TRY_LATER"),
    ({"sans_reproche": False}, "GENERIC"),
]


def jouer(conclu, changes):
    faits = {nom: valeur for change in changes for nom, valeur in change.items()}
    return conclu(
        JugementDuCertificat(
            faits.pop("certificat", ""), revocation_verifiee=faits.pop("revocation", True)
        ),
        **faits,
    )


def test_sans_aucun_defaut_elle_est_valable(conclu):
    signature = conclu()

    assert (signature.sous_indication, signature.verdict) == ("", Verdict.REUSSIE)
    assert etats(signature) == {
        "identite": Etat.A_CONFIRMER,
        "categorie": Etat.NON_VERIFIE,
        "format": Etat.CONFORME,
        "validite": Etat.CONFORME,
        "integrite": Etat.CONFORME,
    }


@pytest.mark.parametrize("rang", range(len(DEFAUTS)), ids=[nom for _, nom in DEFAUTS])
def test_chaque_defaut_se_voit_seul_et_l_emporte_sur_les_moins_certains(conclu, rang):
    attendu = DEFAUTS[rang][1]

    assert jouer(conclu, [DEFAUTS[rang][0]]).sous_indication == attendu
    assert jouer(conclu, [change for change, _ in DEFAUTS[rang:]]).sous_indication == attendu


def test_une_date_declaree_que_rien_ne_prouve_laisse_le_doute(conclu):
    for temps in (Temps(declaree=pki.SIGNE_LE), Temps()):
        assert conclu(temps=temps).sous_indication == "NO_POE"
    assert etats(conclu(temps=Temps(declaree=pki.SIGNE_LE)))["validite"] is Etat.NON_VERIFIE
    assert etats(conclu(temps=Temps()))["validite"] is Etat.NON_VERIFIE


def test_une_signature_fausse_ne_fait_pas_juger_son_certificat(conclu):
    assert conclu(SUR, intacte=False).revocation == "non vérifiée"
    assert conclu(SUR, valide=False).revocation == "non vérifiée"
    assert conclu(SUR).revocation.startswith("vérifiée")


@pytest.mark.parametrize("probleme", ["REVOKED", "REVOKED_NO_POE", "REVOKED_CA_NO_POE"])
def test_un_certificat_revoque_est_un_defaut(conclu, probleme):
    signature = conclu(JugementDuCertificat(probleme, revocation_verifiee=False))

    assert signature.revocation == "révoqué" and etats(signature)["validite"] is Etat.DEFAUT


@pytest.mark.parametrize(
    ("debut", "fin", "etat"),
    [
        (timedelta(0), timedelta(days=1), Etat.CONFORME),
        (-timedelta(days=1), timedelta(0), Etat.CONFORME),
        (timedelta(seconds=1), timedelta(days=1), Etat.DEFAUT),
        (-timedelta(days=1), -timedelta(seconds=1), Etat.DEFAUT),
    ],
)
def test_le_certificat_vaut_du_premier_au_dernier_instant_compris(conclu, debut, fin, etat):
    certificat = x509.Certificate.load(pki.porteur().der)
    validite = certificat["tbs_certificate"]["validity"]
    for borne, ecart in (("not_before", debut), ("not_after", fin)):
        validite[borne] = x509.Time({"utc_time": pki.RECU_LE + ecart})

    assert etats(conclu(certificat=certificat))["validite"] is etat


@pytest.mark.parametrize(
    "probleme", ["EXPIRED", "OUT_OF_BOUNDS_NO_POE", "OUT_OF_BOUNDS_NOT_REVOKED", "NOT_YET_VALID"]
)
def test_une_expiration_dite_par_la_chaine_est_un_defaut(conclu, probleme):
    assert etats(conclu(JugementDuCertificat(probleme)))["validite"] is Etat.DEFAUT


@pytest.mark.parametrize(
    ("change", "etat"),
    [
        ({"intacte": False}, Etat.DEFAUT),
        ({"valide": False}, Etat.DEFAUT),
        ({"altere": True}, Etat.DEFAUT),
        ({"reserve": RESERVE}, Etat.NON_VERIFIE),
        ({"faible": True}, Etat.NON_VERIFIE),
        ({"couvre_tout": False}, Etat.NON_VERIFIE),
    ],
)
def test_l_integrite_n_est_conforme_que_sans_reserve(conclu, change, etat):
    assert etats(conclu(**change))["integrite"] is etat


def test_un_format_que_l_arrete_ne_nomme_pas_est_a_confirmer(conclu):
    assert etats(conclu(format="XMLDSig"))["format"] is Etat.A_CONFIRMER


def test_seuls_cinq_constats_font_echouer_et_un_mot_inconnu_laisse_le_doute():
    verdicts = {nom: verdict_de(nom) for nom in (*PHRASES, "INCONNU")}

    assert {nom for nom, verdict in verdicts.items() if verdict is Verdict.REUSSIE} == {""}
    assert {nom for nom, verdict in verdicts.items() if verdict is Verdict.ECHEC} == ECHECS
    assert ECHECS == {
        "FORMAT_FAILURE",
        "HASH_FAILURE",
        "SIG_CRYPTO_FAILURE",
        "REVOKED",
        "NOT_YET_VALID",
    }


def test_dix_minutes_d_avance_d_une_horloge_ne_sont_pas_un_mensonge():
    assert not Temps(pki.RECU_LE + TOLERANCE, existait_le=pki.RECU_LE).declaration_impossible
    assert Temps(
        pki.RECU_LE + TOLERANCE + timedelta(seconds=1), existait_le=pki.RECU_LE
    ).declaration_impossible
    assert not Temps(pki.RECU_LE).declaration_impossible
    assert not Temps(None, existait_le=pki.RECU_LE).declaration_impossible
    assert Temps(pki.SIGNE_LE, existait_le=pki.RECU_LE).jugee == pki.RECU_LE
