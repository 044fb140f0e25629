"""Les listes de confiance : une autorité qualifiée rend une signature valable et
qualifiée ; rien d'autre ne le fait.
"""

from datetime import timedelta
from pathlib import Path

import pytest

from formats.signature import Demande, Etat, Verdict, verifier
from formats.signature.listes_posees import du_fichier
from formats.signature.pose_des_listes import lire_dans_l_enclos, signataires_de_l_union
from formats.signature.services_de_confiance import ListeRefusee
from formats.signature.tests import cles, pki
from formats.signature.tests import listes_d_essai as essai
from formats.signature.tests.signataire import UN_PDF
from formats.tests.normes import NORMES, avec_les_normes


def juger(confiance, par=None):
    signe = pki.pdf_signe(UN_PDF, par=par or essai.qualifie())
    (signature,) = verifier(
        Demande("acte.pdf", signe, existait_le=pki.RECU_LE), confiance
    ).signatures
    return signature


def categorie(signature):
    return next(controle for controle in signature.controles if controle.cle == "categorie")


def test_une_autorite_accordee_rend_la_signature_valable_et_qualifiee():
    signature = juger(essai.confiance(essai.liste(essai.service())))

    assert (signature.verdict, signature.teinte) == (Verdict.REUSSIE, "vert")
    assert signature.certificat.categorie.startswith(
        "qualifié (liste de confiance FR, « Autorité d'essai »)"
    )
    assert "QSCD" in signature.certificat.categorie
    assert categorie(signature).etat is Etat.CONFORME


@pytest.mark.parametrize(
    "reglages",
    [{"declare": False}, {"sceau": True}],
    ids=["ne_se_declare_pas", "de_cachet"],
)
def test_un_certificat_qui_n_est_pas_qualifie_pour_signer_n_en_a_pas_le_mot(reglages):
    signature = juger(essai.confiance(essai.liste(essai.service())), essai.qualifie(**reglages))

    assert not signature.certificat.categorie.startswith("qualifié")
    assert (categorie(signature).etat, signature.teinte) == (Etat.NON_VERIFIE, "orange")


@pytest.mark.parametrize(
    "retrait,qualifie",
    [
        (essai.qualification("NotQualified", essai.POLITIQUE), False),
        (essai.qualification("QCForESeal", essai.POLITIQUE), False),
        (essai.qualification("NotQualified"), False),
        (essai.qualification("NotQualified", "1.2.3"), True),
        (essai.qualification("QCWithQSCD"), True),
    ],
)
def test_ce_que_la_liste_retire_a_un_certificat_le_lui_retire(retrait, qualifie):
    signature = juger(essai.confiance(essai.liste(essai.service(qualifications=retrait))))

    assert (categorie(signature).etat is Etat.CONFORME) is qualifie


def test_la_liste_peut_dire_que_la_cle_n_est_pas_dans_un_dispositif():
    retrait = essai.qualification("QCNoQSCD", essai.POLITIQUE)
    signature = juger(essai.confiance(essai.liste(essai.service(qualifications=retrait))))

    assert "sans dispositif sécurisé d'après elle" in signature.certificat.categorie


def test_une_autorite_retiree_apres_la_signature_valait_encore_au_moment_de_signer():
    apres = pki.RECU_LE + timedelta(hours=3)
    posee = essai.liste(essai.service("withdrawn", depuis=apres, avant=("granted", pki.CREE_LE)))

    assert juger(essai.confiance(posee)).verdict is Verdict.REUSSIE


AUTRE = pki.autorite("Une autre autorité")
JAMAIS_VERTES = {
    "retiree": lambda: essai.confiance(essai.liste(essai.service("withdrawn"))),
    "retiree_la_veille": lambda: essai.confiance(
        essai.liste(essai.service("withdrawn", depuis=essai.HIER, avant=("granted", pki.CREE_LE)))
    ),
    "accordee_plus_tard": lambda: essai.confiance(essai.liste(essai.service(depuis=essai.DEMAIN))),
    "pour_des_cachets": lambda: essai.confiance(essai.liste(essai.service(usage="ForeSeals"))),
    "une_autre_autorite": lambda: essai.confiance(essai.liste(essai.service(autorite=AUTRE))),
    "perimee": lambda: essai.confiance(
        essai.liste(essai.service()), le=essai.DEMAIN + timedelta(days=1)
    ),
    "close": lambda: essai.confiance(essai.liste(essai.service(), jusqu_au=None)),
    "abimee": lambda: pki.confiance().__class__((), (pki.revocations(),), b"[{}]", pki.SIGNE_LE),
}


@pytest.mark.parametrize("nom", JAMAIS_VERTES)
def test_sans_autorite_accordee_en_cours_rien_n_est_jamais_valable(nom):
    signature = juger(JAMAIS_VERTES[nom]())

    assert (signature.verdict, signature.sous_indication) == (
        Verdict.INDETERMINEE,
        "NO_CERTIFICATE_CHAIN_FOUND",
    )
    assert not signature.certificat.categorie.startswith("qualifié")


def test_une_liste_perimee_se_dit_dans_le_rapport():
    confiance = essai.confiance(essai.liste(essai.service()), le=essai.DEMAIN + timedelta(days=1))

    assert "liste de confiance FR n° 7 périmée depuis le" in confiance.phrase


def test_la_liste_des_listes_dit_qui_signe_la_liste_d_un_pays():
    union, (pointeur,) = lire_dans_l_enclos(essai.liste_des_listes(), (essai.union().der,))
    liste, _ = lire_dans_l_enclos(essai.liste(essai.service()), pointeur.signataires)

    assert (union.territoire, pointeur.territoire, pointeur.adresse) == (
        "EU",
        "FR",
        "https://listes.example/fr.xml",
    )
    assert (liste.territoire, len(liste.services)) == ("FR", 1)


@pytest.mark.parametrize(
    "octets,phrase",
    [
        (
            lambda: essai.liste(essai.service("withdrawn")).replace(b"/withdrawn<", b"/granted<"),
            "a changé depuis",
        ),
        (
            lambda: essai.liste(essai.service(), par=cles.porteur("Un inconnu")),
            "pas signée par un des certificats",
        ),
        (lambda: b"<rien/>", "ne se vérifie pas"),
        (lambda: b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>", "DTD"),
        (
            lambda: pki.xml_signe(b"<autre/>", par=essai.france()),
            "n'est pas une liste de confiance",
        ),
    ],
    ids=["alteree", "autre_signataire", "non_signee", "entite", "autre_document"],
)
def test_une_liste_dont_la_signature_ne_convient_pas_est_refusee(octets, phrase):
    with pytest.raises(ListeRefusee, match=phrase):
        lire_dans_l_enclos(octets(), (essai.france().der,))


def test_une_liste_non_signee_glissee_dans_une_liste_signee_est_refusee():
    """L'enveloppement : la signature porte sur un fragment, un autre se lit."""
    vraie = essai.liste(essai.service("withdrawn"))
    glissee = essai.liste(essai.service()).replace(
        b"</TrustServiceStatusList>", vraie + b"</TrustServiceStatusList>"
    )

    with pytest.raises(ListeRefusee):
        lire_dans_l_enclos(glissee, (essai.france().der,))


def test_un_fichier_pose_puis_abime_ne_donne_aucune_autorite():
    assert [du_fichier(octets) for octets in (b"", b"{", b"[{}]", b"[1]")] == [(), (), (), ()]


@avec_les_normes
def test_les_vraies_listes_de_l_union_et_d_estonie_se_lisent():
    dossier = Path(NORMES) / "signature" / "tsl"
    union, pointeurs = lire_dans_l_enclos(
        (dossier / "eu-lotl.xml").read_bytes(), signataires_de_l_union()
    )
    (estonie,) = [p for p in pointeurs if p.territoire == "EE"]
    liste, _ = lire_dans_l_enclos((dossier / "tsl-ee.xml").read_bytes(), estonie.signataires)

    assert (union.territoire, liste.territoire, len(pointeurs)) == ("EU", "EE", 32)
    assert {s.sorte for s in liste.services} == {"certificats", "horodatage"}
