@echo off
rem Starts the command line of Callflow. Needs Java 21 or newer in JAVA_HOME or on the PATH.
rem CALLFLOW_JAVA_OPTS: options for Java, such as -Xmx1g. CALLFLOW_LOG: the level of the log.
setlocal
for %%i in ("%~dp0..") do set "CALLFLOW_DIR=%%~fi"

set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
"%JAVA%" -version >nul 2>&1
if errorlevel 1 (
  echo Callflow needs Java 21 or newer, but none was found in JAVA_HOME or on the PATH. 1>&2
  exit /b 69
)

rem A host runs for a long time and benefits from the optimising compiler; other commands end too soon, and print
rem their own output instead of a log.
set "OPTIONS=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
if not defined CALLFLOW_LOG set "OPTIONS=%OPTIONS% -DCALLFLOW_LOG=OFF -DCALLFLOW_LOG_OF_OTHERS=OFF"
if "%~1"=="host" set "OPTIONS="
if "%~1"=="simulate" set "OPTIONS="

"%JAVA%" %OPTIONS% --enable-native-access=ALL-UNNAMED "-Dcallflow.home=%CALLFLOW_DIR%" ^
  %CALLFLOW_JAVA_OPTS% -cp "%CALLFLOW_DIR%\lib\*" dev.callflow.cli.Main %*
exit /b %ERRORLEVEL%
