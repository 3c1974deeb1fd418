package io.pcmshare.checks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.Test;

import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;

/** The directions between the rooms, in words. The modules say the same to the compiler. */
final class RoomsTest {
    private static final JavaClasses HOUSE =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("io.pcmshare");

    @Test
    void arrowsBetweenRoomsPointOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("io.pcmshare..")
                .withOptionalLayers(true)
                .layer("abi")
                .definedBy("io.pcmshare.abi..")
                .layer("sys")
                .definedBy("io.pcmshare.sys..")
                .layer("core")
                .definedBy("io.pcmshare.core..")
                .layer("mix")
                .definedBy("io.pcmshare.mix..")
                .layer("cards")
                .definedBy("io.pcmshare.cards..")
                .layer("share")
                .definedBy("io.pcmshare.share..")
                .layer("run")
                .definedBy("io.pcmshare.run..")
                .layer("server")
                .definedBy("io.pcmshare.server..")
                .layer("client")
                .definedBy("io.pcmshare.client..")
                .layer("javasound")
                .definedBy("io.pcmshare.javasound..")
                .layer("junit")
                .definedBy("io.pcmshare.junit..")
                .layer("cli")
                .definedBy("io.pcmshare.cli..")
                .layer("bench")
                .definedBy("io.pcmshare.bench..")
                .whereLayer("abi")
                .mayNotAccessAnyLayer()
                .whereLayer("sys")
                .mayOnlyAccessLayers("abi")
                .whereLayer("core")
                .mayOnlyAccessLayers("abi")
                .whereLayer("mix")
                .mayOnlyAccessLayers("abi")
                .whereLayer("cards")
                .mayOnlyAccessLayers("core", "mix", "sys", "abi")
                .whereLayer("share")
                .mayOnlyAccessLayers("core", "sys", "abi")
                .whereLayer("run")
                .mayOnlyAccessLayers("share", "cards", "core", "sys", "abi")
                .whereLayer("server")
                .mayOnlyAccessLayers("share", "cards", "core", "mix", "sys", "abi")
                .whereLayer("client")
                .mayOnlyAccessLayers("share", "sys", "abi")
                .whereLayer("javasound")
                .mayOnlyAccessLayers("client", "abi")
                .whereLayer("junit")
                .mayOnlyAccessLayers("run", "server", "cards", "core", "abi")
                .whereLayer("bench")
                .mayNotBeAccessedByAnyLayer()
                .check(HOUSE);
    }

    @Test
    void onlySysCallsNativeCode() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.pcmshare.sys..")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Linker.class, SymbolLookup.class)
                .check(HOUSE);
    }

    @Test
    void onlySysTakesMemoryFromRawAddresses() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.pcmshare.sys..")
                .should()
                .callMethodWhere(
                        com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                                com.tngtech.archunit.core.domain.properties.HasName.Predicates
                                        .nameMatching("reinterpret|ofAddress")))
                .check(HOUSE);
    }

    @Test
    void theClientSeesOnlyTheProtocolSideOfShare() {
        noClasses()
                .that()
                .resideInAPackage("io.pcmshare.client..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.pcmshare.share.owner..")
                .check(HOUSE);
    }

    @Test
    void classesAreFinalOrSealedOrAbstract() {
        classes()
                .that()
                .areTopLevelClasses()
                .and()
                .areNotInterfaces()
                .and()
                .areNotEnums()
                .and()
                .haveSimpleNameNotEndingWith("package-info")
                .and()
                .resideOutsideOfPackage("io.pcmshare.bench..")
                .should(new FinalOrSealed())
                .check(HOUSE);
    }
}
