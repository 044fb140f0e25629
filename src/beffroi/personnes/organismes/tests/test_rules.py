"""Les règles des rôles."""

from beffroi.personnes.organismes import rules


def test_une_habilitation_porte_au_moins_un_role():
    assert not rules.peut_tenir_les_roles(roles=[], est_exploitant=False).favorable


def test_un_acheteur_ne_tient_pas_de_role_d_exploitant():
    assert (
        "juriste"
        in rules.peut_tenir_les_roles(roles=["juriste"], est_exploitant=False).motifs[0].texte
    )


def test_un_exploitant_ne_redige_pas():
    assert not rules.peut_tenir_les_roles(roles=["redacteur"], est_exploitant=True).favorable


def test_plusieurs_roles_de_l_organisme_conviennent():
    assert rules.peut_tenir_les_roles(
        roles=["redacteur", "ouvreur"], est_exploitant=False
    ).favorable


def test_le_dernier_administrateur_reste():
    assert not rules.peut_perdre_un_administrateur(autres_administrateurs=0).favorable
    assert rules.peut_perdre_un_administrateur(autres_administrateurs=1).favorable


def test_le_siret_d_un_organisme_a_ses_deux_cles():
    assert rules.siret_d_organisme("21620155800014").favorable
    assert not rules.siret_d_organisme("21620155800015").favorable
    assert not rules.siret_d_organisme("2162015580001").favorable
    assert not rules.siret_d_organisme("2162015580001X").favorable
    assert not rules.siret_d_organisme("²1620155800014").favorable
