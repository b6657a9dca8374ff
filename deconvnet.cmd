@echo off
rem ./deconvnet for Windows: builds where no build is, then runs DeconvNet on Spark on this machine. Untried: see docs/releasing.md.
setlocal
for %%i in ("%~dp0.") do set "here=%%~fi"
set "launcher=%here%\jobs\target\launcher"
set "jar=%here%\jobs\target\deconvnet.jar"
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
if not defined DECONVNET_MEMORY set "DECONVNET_MEMORY=4g"

"%java%" --add-modules=jdk.incubator.vector --version >nul 2>nul
if errorlevel 1 (
  echo deconvnet: expected Java 17 or newer, found none; install a JDK or set JAVA_HOME 1>&2
  exit /b 1
)

if not exist "%jar%" (
  echo deconvnet: building ^(once; the first time this fetches Spark, about 400 MB^) 1>&2
  pushd "%here%"
  call mvnw.cmd -B -q -DskipTests -Dspotless.check.skip=true -pl jobs -am package 1>&2
  if errorlevel 1 (
    echo deconvnet: the build failed 1>&2
    exit /b 1
  )
  popd
)

rem A release has its jars beside it. A build names them in a file longer than a command line may be: Java reads it as arguments.
set "classpath_file=%launcher%\classpath.args"
if exist "%here%\jars" (
  >"%classpath_file%" echo -cp "%jar:\=/%;%here:\=/%/jars/*"
) else (
  powershell -NoProfile -Command "Set-Content -Encoding Default -LiteralPath $env:classpath_file ('-cp \"' + ($env:jar + ';' + (Get-Content -Raw -LiteralPath ($env:launcher + '\classpath')).Trim()).Replace('\', '/') + '\"')"
)

"%java%" "@%launcher%\jvm.options" -Xmx%DECONVNET_MEMORY% -Djava.awt.headless=true ^
  "-Dlog4j2.configurationFile=file:///%here:\=/%/conf/log4j2-terminal.properties" "-Ddeconvnet.home=%here%" ^
  "@%classpath_file%" org.deconvnet.jobs.Main %*
